"""
Makes the AWS calls that it is told on standard input, one JSON object a line, and answers each with one line:
{"ok": …}, {"pages": […]}, or {"error": {…}}. Times come as {"time": ISO}, streams and bytes as {"bytes": text}: what
boto3 parsed them from cannot be told apart otherwise.
"""
import base64
import datetime
import json
import sys

import boto3
import botocore.exceptions
from botocore.response import StreamingBody

clients = {}


def plain(value):
    if isinstance(value, datetime.datetime):
        return {"time": value.astimezone(datetime.timezone.utc).isoformat(timespec="milliseconds")}
    if isinstance(value, StreamingBody):
        value = value.read()
    if isinstance(value, (bytes, bytearray)):
        return {"bytes": bytes(value).decode("utf-8")}
    raise TypeError(f"{type(value)} is not expected in an answer")


def answer(call):
    client = clients.setdefault(call["service"], boto3.client(call["service"]))
    arguments = call.get("arguments", {})
    try:
        if "pageSize" in call:
            pages = client.get_paginator(call["operation"]).paginate(
                **arguments, PaginationConfig={"PageSize": call["pageSize"]}
            )
            return {"pages": list(pages)}
        return {"ok": getattr(client, call["operation"])(**arguments)}
    except botocore.exceptions.ClientError as error:
        return {
            "error": {
                # ClientError itself: the client does not know this error as one of its service's.
                "type": type(error).__name__,
                "code": error.response["Error"]["Code"],
                "message": error.response["Error"]["Message"],
                "status": error.response["ResponseMetadata"]["HTTPStatusCode"],
            }
        }
    except botocore.exceptions.BotoCoreError as error:
        # The call was not made, or its answer cannot be read.
        return {"error": {"type": type(error).__name__, "message": str(error)}}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line)), default=plain), flush=True)
