"""Who calls the product, and what it may refuse although its schema allows it. Loaded by schemathesis."""

import os
import re
import urllib.request
import uuid

import schemathesis
from schemathesis.generation.meta import TestPhase
from schemathesis.openapi.checks import EnsureResourceAvailability, RejectedPositiveData

DESK = os.environ["FUZZ_DESK"]
IDENTITY = os.environ["FUZZ_IDENTITY"]
SEALED = "#/components/parameters/SealedRequest"

tokens = {}


def caller_of(operation):
    """Calls about one's own account end sessions and accounts: a double makes them."""
    own_account = operation.path.startswith("/auth/") and not operation.path.startswith("/auth/admin/")
    return f"{IDENTITY}-double" if own_account else IDENTITY


def token_of(caller):
    if caller not in tokens:
        with urllib.request.urlopen(f"{DESK}/{caller}") as answer:
            tokens[caller] = answer.read().decode()
    return tokens[caller]


if IDENTITY != "nobody":

    @schemathesis.auth(refresh_interval=None)
    class Identity:
        def get(self, case, context):
            return token_of(caller_of(case.operation))

        def set(self, case, data, context):
            case.headers["Authorization"] = f"Bearer {data}"

    @schemathesis.hook
    def after_call(context, case, response):
        # The session has ended, by this call or an earlier one: the next one signs in again.
        if response.status_code == 401 or case.operation.path.startswith("/auth/logout"):
            tokens.pop(caller_of(case.operation), None)


@schemathesis.hook
def before_call(context, case, kwargs):
    """In sequences a key stands for one call: a repeated one would answer with what was made, and deleted, before."""
    if case.meta and case.meta.phase.name == TestPhase.STATEFUL and "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = str(uuid.uuid4())


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Encrypting is beyond schemathesis: without this it would put an unreadable envelope into most calls."""
    for item in raw_schema["paths"].values():
        for operation in item.values():
            operation["parameters"] = [one for one in operation["parameters"] if one.get("$ref") != SEALED]
            for part in [operation.get("requestBody", {}), *operation["responses"].values()]:
                part.get("content", {}).pop("application/jose", None)
    for answer in raw_schema["components"]["responses"].values():
        answer["content"].pop("application/jose", None)


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """What looks like a failure to schemathesis, and is as documented."""
    if isinstance(failure, RejectedPositiveData) and response.status_code == 400:
        return not refused_as_declared(case, response)
    if isinstance(failure, EnsureResourceAvailability):
        # The thing that was made is there; what is not is another one that the body names.
        return not fields_named_in(response)
    return True


def fields_named_in(response):
    return [error["path"] for error in response.json().get("errors", [])]


def refused_as_declared(case, response):
    """x-refuses names the field, or the header that was sent breaks its pattern: schemathesis cannot make
    headers with quotation marks and sends "0" for an ETag."""
    declared = case.operation.definition.raw.get("x-refuses", [])
    refused = fields_named_in(response)
    return bool(refused) and all(
        any(path == field or path.startswith(f"{field}.") for field in declared)
        or breaks_pattern(path, case, response)
        for path in refused
    )


def breaks_pattern(name, case, response):
    for parameter in case.operation.definition.raw.get("parameters", []):
        if parameter.get("in") == "header" and parameter.get("name") == name:
            sent = response.request.headers.get(name, "")
            return re.search(parameter["schema"]["pattern"], sent) is None
    return False
