"""Evaluates templates as Home Assistant does: a request in JSON a line, a response in JSON a line."""
import datetime
import json
import logging
import sys

from jinja2 import make_logging_undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

warnings = []


class Warnings(logging.Handler):
    def emit(self, record):
        warnings.append(record.getMessage())


# Home Assistant's own filter: a whole number of no decimals.
def rounded(value, precision=0):
    value = round(float(value), precision)
    return int(value) if precision == 0 else value


log = logging.getLogger("templates")
log.addHandler(Warnings())
log.propagate = False
environment = ImmutableSandboxedEnvironment(undefined=make_logging_undefined(log))
environment.filters["to_json"] = json.dumps
environment.filters["round"] = rounded
templates = {}
for line in sys.stdin:
    request = json.loads(line)
    text = request["template"]
    moment = datetime.datetime.fromtimestamp(request["now"], datetime.timezone.utc)
    environment.globals["now"] = lambda: moment
    warnings.clear()
    template = templates.setdefault(text, environment.from_string(text))
    result = template.render(value=request.get("value"), value_json=request.get("json"))
    print(json.dumps({"text": result.strip(), "warnings": warnings}), flush=True)
