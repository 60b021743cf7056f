"""
What a stranger's script does with boto3, unmodified: pages, waits, catches its service's errors, notes request ids. It knows
nothing but the environment, and prints what it found as one line of JSON.
"""
import json

import boto3
from botocore.exceptions import ClientError, WaiterError

CLUSTER = "prod"
ecs = boto3.client("ecs")
ecr = boto3.client("ecr")
iam = boto3.client("iam")
dynamodb = boto3.client("dynamodb")
kms = boto3.client("kms")
found = {}

arns = [arn for page in ecs.get_paginator("list_services").paginate(cluster=CLUSTER) for arn in page["serviceArns"]]
found["services"] = [arn.split("/")[-1] for arn in arns]
ecs.get_waiter("services_stable").wait(cluster=CLUSTER, services=arns, WaiterConfig={"Delay": 1, "MaxAttempts": 60})

tasks = ecs.get_paginator("list_tasks").paginate(cluster=CLUSTER, PaginationConfig={"PageSize": 1}).build_full_result()
victim = tasks["taskArns"][0]
ecs.stop_task(cluster=CLUSTER, task=victim, reason="a stranger's")
ecs.get_waiter("tasks_stopped").wait(cluster=CLUSTER, tasks=[victim], WaiterConfig={"Delay": 1, "MaxAttempts": 120})
stopped = ecs.describe_tasks(cluster=CLUSTER, tasks=[victim])["tasks"][0]
found["stopped"] = [stopped["lastStatus"], stopped["stopCode"]]
ecs.get_waiter("services_stable").wait(cluster=CLUSTER, services=arns, WaiterConfig={"Delay": 1, "MaxAttempts": 120})
found["running"] = ecs.describe_services(cluster=CLUSTER, services=arns)["services"][0]["runningCount"]

roles = [role for page in iam.get_paginator("list_roles").paginate(PaginationConfig={"PageSize": 3}) for role in page["Roles"]]
found["roles"] = len(roles)
iam.get_waiter("role_exists").wait(RoleName=roles[0]["RoleName"], WaiterConfig={"Delay": 1, "MaxAttempts": 2})
# The client has decoded it: a policy is an object.
found["trusted"] = roles[0]["AssumeRolePolicyDocument"]["Statement"][0]["Principal"]
try:
    iam.get_waiter("role_exists").wait(RoleName="nobody", WaiterConfig={"Delay": 1, "MaxAttempts": 2})
except WaiterError as error:
    found["waited in vain"] = error.last_response["Error"]["Code"]

table = dynamodb.list_tables()["TableNames"][0]
dynamodb.get_waiter("table_exists").wait(TableName=table)
pages = dynamodb.get_paginator("scan").paginate(TableName=table, PaginationConfig={"PageSize": 1})
found["items are whole"] = all("pk" in item for page in pages for item in page["Items"])

found["caught"] = []
for call, error in [
    (lambda: ecs.describe_services(cluster="none", services=["x"]), ecs.exceptions.ClusterNotFoundException),
    (lambda: ecr.describe_images(repositoryName="none"), ecr.exceptions.RepositoryNotFoundException),
    (lambda: iam.get_role_policy(RoleName="none", PolicyName="x"), iam.exceptions.NoSuchEntityException),
    (lambda: dynamodb.scan(TableName="none"), dynamodb.exceptions.ResourceNotFoundException),
]:
    try:
        call()
    except error as caught:
        found["caught"].append([type(caught).__name__, len(caught.response["ResponseMetadata"]["RequestId"])])

for call in (lambda: ecs.create_service(serviceName="x"), lambda: kms.list_keys()):
    try:
        call()
    except ClientError as caught:
        found.setdefault("missing", []).append(str(caught))

ids = {boto3.client("sts").get_caller_identity()["ResponseMetadata"]["RequestId"] for _ in range(3)}
found["request ids"] = len(ids)
print(json.dumps(found))
