/* A Modbus RTU slave by libmodbus for the tests: 100 holding and 100 input registers at each of some addresses. */
#include <errno.h>
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>

#define REGISTERS 100

int main(int argc, char **argv)
{
    if (argc < 4) {
        fprintf(stderr, "modbus_slave DEVICE BAUD PARITY\n");
        return 2;
    }

    modbus_t *line = modbus_new_rtu(argv[1], atoi(argv[2]), argv[3][0], 8, argv[3][0] == 'N' ? 2 : 1);
    modbus_mapping_t *map = modbus_mapping_new(0, 0, REGISTERS, REGISTERS);
    if (line == NULL || map == NULL || modbus_set_slave(line, 7) == -1 || modbus_connect(line) == -1) {
        fprintf(stderr, "%s\n", modbus_strerror(errno));
        return 1;
    }

    for (int i = 0; i < REGISTERS; i++) {
        map->tab_registers[i] = 700 + i;
        map->tab_input_registers[i] = 7000 + i;
    }

    /* The library has the low word first; its other orders differ between versions. */
    uint16_t words[2];
    modbus_set_float(123.456f, words);
    map->tab_registers[40] = words[1];
    map->tab_registers[41] = words[0];
    modbus_set_float(-0.25f, map->tab_registers + 42);
    printf("ready\n");
    fflush(stdout);
    for (;;) {
        uint8_t request[MODBUS_RTU_MAX_ADU_LENGTH];
        int length = modbus_receive(line, request);
        if (length > 0) {
            if (modbus_reply(line, request, length, map) == -1) {
                fprintf(stderr, "%s\n", modbus_strerror(errno));
            }

            printf("function %d, register 50: %d, 51: %d, 52: %d\n", request[1], map->tab_registers[50], map->tab_registers[51], map->tab_registers[52]);
            fflush(stdout);
        } else if (length == -1 && errno != EMBBADCRC && errno != ETIMEDOUT) {
            return 0;
        }
    }
}
