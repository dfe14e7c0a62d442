"""Drives the services beyond IAM, STS, S3 and SSM with boto3: of each one change, one read of it, and one call that is refused
with the error class of the client. Prints one JSON line for each service."""

import io
import json
import os
import sys
import traceback
import zipfile

import boto3
from botocore.config import Config

session = boto3.Session()
iam = session.client("iam")
account = session.client("sts").get_caller_identity()["Account"]
region = session.region_name
NO_SUCH_KEY = "00000000-0000-4000-8000-000000000000"
TEMPLATE = json.dumps({"Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "boto-stacked"}}}})


def role_for(service):
    trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}]}
    name = "boto-" + service.split(".")[0]
    return iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]


def package():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("index.js", "exports.handler = async (event) => ({ hello: event.name });")
    return written.getvalue()


def analyzer(client):
    client.create_analyzer(analyzerName="boto", type="ACCOUNT")
    return client.get_analyzer(analyzerName="boto")["analyzer"]["type"], "ACCOUNT"


def stack(client):
    client.create_stack(StackName="boto", TemplateBody=TEMPLATE)
    client.get_waiter("stack_create_complete").wait(StackName="boto")
    resources = client.describe_stack_resources(StackName="boto")["StackResources"]
    return [entry["PhysicalResourceId"] for entry in resources], [f"arn:aws:sns:{region}:{account}:boto-stacked"]


def trail(client):
    bucket = "boto-trail"
    s3 = session.client("s3")
    s3.create_bucket(Bucket=bucket)
    service = {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}}
    rights = [
        {**service, "Action": "s3:GetBucketAcl", "Resource": f"arn:aws:s3:::{bucket}"},
        {**service, "Action": "s3:PutObject", "Resource": f"arn:aws:s3:::{bucket}/AWSLogs/{account}/*"},
    ]
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": rights}))
    client.create_trail(Name="boto", S3BucketName=bucket)
    return client.get_trail(Name="boto")["Trail"]["S3BucketName"], bucket


def identity_pool(client):
    pool = client.create_identity_pool(IdentityPoolName="boto", AllowUnauthenticatedIdentities=True)["IdentityPoolId"]
    return client.describe_identity_pool(IdentityPoolId=pool)["IdentityPoolName"], "boto"


def table(client):
    client.create_table(
        TableName="boto",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    client.get_waiter("table_exists").wait(TableName="boto", WaiterConfig={"Delay": 1})
    item = {"id": {"S": "1"}, "price": {"N": "12.5"}, "raw": {"B": b"\x00\xff"}}
    client.put_item(TableName="boto", Item=item)
    return client.get_item(TableName="boto", Key={"id": {"S": "1"}})["Item"], item


def network(client):
    made = client.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
    return [vpc["CidrBlock"] for vpc in client.describe_vpcs(VpcIds=[made])["Vpcs"]], ["10.9.0.0/16"]


def rule(client):
    client.put_rule(Name="boto", EventPattern='{"source":["shop"]}')
    return json.loads(client.describe_rule(Name="boto")["EventPattern"]), {"source": ["shop"]}


def key(client):
    made = client.create_key(Description="boto")["KeyMetadata"]["KeyId"]
    sealed = client.encrypt(KeyId=made, Plaintext=b"\x00\xffsecret")["CiphertextBlob"]
    return client.decrypt(CiphertextBlob=sealed)["Plaintext"], b"\x00\xffsecret"


def function(client):
    role = role_for("lambda.amazonaws.com")
    code = {"ZipFile": package()}
    client.create_function(FunctionName="boto", Runtime="nodejs22.x", Handler="index.handler", Role=role, Code=code)
    client.get_waiter("function_active_v2").wait(FunctionName="boto", WaiterConfig={"Delay": 1})
    answer = client.invoke(FunctionName="boto", Payload=json.dumps({"name": "Bea"}))
    return json.loads(answer["Payload"].read()), {"hello": "Bea"}


def group(client):
    client.create_log_group(logGroupName="/boto", tags={"team": "web"})
    return [entry["logGroupName"] for entry in client.describe_log_groups(logGroupNamePrefix="/boto")["logGroups"]], ["/boto"]


def organization(client):
    made = client.create_organization(FeatureSet="ALL")["Organization"]
    assert made["MasterAccountId"] == account
    return client.describe_organization()["Organization"], made


def public_access(client):
    blocks = dict.fromkeys(("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True)
    client.put_public_access_block(AccountId=account, PublicAccessBlockConfiguration=blocks)
    read = client.get_public_access_block(AccountId=account)["PublicAccessBlockConfiguration"]
    client.delete_public_access_block(AccountId=account)
    return read, blocks


def schedule(client):
    target = {"Arn": f"arn:aws:sqs:{region}:{account}:boto", "RoleArn": role_for("scheduler.amazonaws.com")}
    client.create_schedule(Name="boto", ScheduleExpression="rate(1 hour)", FlexibleTimeWindow={"Mode": "OFF"}, Target=target)
    return client.get_schedule(Name="boto")["Target"]["RoleArn"], target["RoleArn"]


def secret(client):
    client.create_secret(Name="boto", SecretBinary=b"\x00\xff")
    return client.get_secret_value(SecretId="boto")["SecretBinary"], b"\x00\xff"


def topic(client):
    arn = client.create_topic(Name="boto", Attributes={"DisplayName": "Boto"})["TopicArn"]
    return client.get_topic_attributes(TopicArn=arn)["Attributes"]["DisplayName"], "Boto"


def queue(client):
    url = client.create_queue(QueueName="boto")["QueueUrl"]
    client.send_message(QueueUrl=url, MessageBody="hellö")
    return [message["Body"] for message in client.receive_message(QueueUrl=url)["Messages"]], ["hellö"]


# The service, what is changed and read (answers what was read, and what it should be), and the refused call with the error's class.
SERVICES = {
    "accessanalyzer": (analyzer, lambda it: it.get_analyzer(analyzerName="none"), "ResourceNotFoundException"),
    "cloudformation": (stack, lambda it: it.create_stack(StackName="boto", TemplateBody=TEMPLATE), "AlreadyExistsException"),
    "cloudtrail": (trail, lambda it: it.get_trail(Name="none"), "TrailNotFoundException"),
    "cognito-identity": (
        identity_pool,
        lambda it: it.describe_identity_pool(IdentityPoolId=f"{region}:{NO_SUCH_KEY}"),
        "ResourceNotFoundException",
    ),
    "dynamodb": (table, lambda it: it.describe_table(TableName="none"), "ResourceNotFoundException"),
    # EC2's model knows no error classes: the code alone tells.
    "ec2": (network, lambda it: it.describe_vpcs(VpcIds=["vpc-00000000000000000"]), "InvalidVpcID.NotFound"),
    "events": (rule, lambda it: it.describe_rule(Name="none"), "ResourceNotFoundException"),
    "kms": (key, lambda it: it.describe_key(KeyId=NO_SUCH_KEY), "NotFoundException"),
    "lambda": (function, lambda it: it.get_function(FunctionName="none"), "ResourceNotFoundException"),
    "logs": (group, lambda it: it.create_log_group(logGroupName="/boto"), "ResourceAlreadyExistsException"),
    "organizations": (organization, lambda it: it.create_organization(), "AlreadyInOrganizationException"),
    "s3control": (
        public_access,
        lambda it: it.get_public_access_block(AccountId=account),
        "NoSuchPublicAccessBlockConfiguration",
    ),
    "scheduler": (schedule, lambda it: it.get_schedule(Name="none"), "ResourceNotFoundException"),
    "secretsmanager": (secret, lambda it: it.get_secret_value(SecretId="none"), "ResourceNotFoundException"),
    "sns": (topic, lambda it: it.get_topic_attributes(TopicArn=f"arn:aws:sns:{region}:{account}:none"), "NotFoundException"),
    "sqs": (queue, lambda it: it.get_queue_url(QueueName="none"), "QueueDoesNotExist"),
}


def client_of(service):
    # S3 Control's host begins with the account's id, which no address can: the gateway is its proxy.
    proxied = Config(proxies={"http": os.environ["AWS_ENDPOINT_URL"]}) if service == "s3control" else None
    return session.client(service, endpoint_url=os.environ["AWS_ENDPOINT_URL"], config=proxied)


def class_of(client, call):
    try:
        call(client)
    except client.exceptions.ClientError as error:
        return error.response["Error"]["Code"] if type(error).__name__ == "ClientError" else type(error).__name__
    raise AssertionError("the call that should be refused was answered")


failed = False
for service, (changed_and_read, refused, refusal) in SERVICES.items():
    try:
        client = client_of(service)
        read, expected = changed_and_read(client)
        assert read == expected, (read, expected)
        assert class_of(client, refused) == refusal, class_of(client, refused)
        print(json.dumps({"step": service, "passed": True}), flush=True)
    except Exception:  # every failure is a row of the report
        failed = True
        print(json.dumps({"step": service, "passed": False, "why": traceback.format_exc()}), flush=True)
sys.exit(1 if failed else 0)
