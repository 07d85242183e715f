"""A Modbus RTU slave by pymodbus for the tests: registers of the units 1 and 2."""
import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server import StartSerialServer
from pymodbus.transaction import ModbusRtuFramer


def unit(number):
    block = ModbusSequentialDataBlock(0, [number * 100 + i for i in range(100)])
    return ModbusSlaveContext(hr=block, ir=block, zero_mode=True)


print("ready", flush=True)
StartSerialServer(
    context=ModbusServerContext(slaves={1: unit(1), 2: unit(2)}, single=False),
    framer=ModbusRtuFramer, port=sys.argv[1], baudrate=int(sys.argv[2]), stopbits=2, bytesize=8, parity="N", timeout=0.005)
