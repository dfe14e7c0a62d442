"""Drives the sandbox with boto3, given nothing but endpoint and credentials. Prints one JSON line for each step."""

import io
import json
import os
import sys
import traceback
import urllib.request

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError

session = boto3.Session()
iam, sts, s3, ssm = (session.client(name) for name in ("iam", "sts", "s3", "ssm"))
account = sts.get_caller_identity()["Account"]
POLICY = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::boto-one/open/*"}]}
)
TRUST = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": account}, "Action": "sts:AssumeRole"}]}
)


def entities():
    iam.create_user(UserName="Omar", Tags=[{"Key": "team", "Value": "web"}])
    arn = iam.create_policy(PolicyName="ReadOpen", PolicyDocument=POLICY)["Policy"]["Arn"]
    iam.create_role(RoleName="Reader", AssumeRolePolicyDocument=TRUST)
    iam.create_group(GroupName="Readers")
    iam.add_user_to_group(GroupName="Readers", UserName="Omar")
    for attach in (
        lambda: iam.attach_role_policy(RoleName="Reader", PolicyArn=arn),
        lambda: iam.attach_group_policy(GroupName="Readers", PolicyArn=arn),
        lambda: iam.attach_user_policy(UserName="Omar", PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess"),
    ):
        attach()
    assert iam.get_policy(PolicyArn=arn)["Policy"]["AttachmentCount"] == 2
    assert iam.get_policy_version(PolicyArn=arn, VersionId="v1")["PolicyVersion"]["Document"] == json.loads(POLICY)
    assert iam.get_user(UserName="Omar")["User"]["Tags"] == [{"Key": "team", "Value": "web"}]


def pages():
    for number in range(12):
        iam.create_user(UserName=f"page-{number:02}", Path="/pages/")
    pages = list(iam.get_paginator("list_users").paginate(PathPrefix="/pages/", PaginationConfig={"PageSize": 5}))
    assert [len(page["Users"]) for page in pages] == [5, 5, 2], [len(page["Users"]) for page in pages]


def objects():
    s3.create_bucket(Bucket="boto-one")
    s3.put_object(Bucket="boto-one", Key="open/a b+ü.txt", Body=b"hello", Metadata={"who": "omar"}, ContentType="text/plain")
    got = s3.get_object(Bucket="boto-one", Key="open/a b+ü.txt")
    assert got["Body"].read() == b"hello" and got["Metadata"] == {"who": "omar"}
    s3.copy_object(Bucket="boto-one", Key="copy.txt", CopySource={"Bucket": "boto-one", "Key": "open/a b+ü.txt"})
    keys = [entry["Key"] for entry in s3.list_objects_v2(Bucket="boto-one")["Contents"]]
    assert keys == ["copy.txt", "open/a b+ü.txt"], keys
    ranged = s3.get_object(Bucket="boto-one", Key="copy.txt", Range="bytes=1-3")
    assert ranged["Body"].read() == b"ell" and ranged["ContentRange"] == "bytes 1-3/5"
    url = s3.generate_presigned_url("get_object", Params={"Bucket": "boto-one", "Key": "copy.txt"}, ExpiresIn=60)
    assert urllib.request.urlopen(url).read() == b"hello"
    deleted = s3.delete_objects(Bucket="boto-one", Delete={"Objects": [{"Key": "copy.txt"}, {"Key": "never-was"}]})
    assert len(deleted["Deleted"]) == 2


def multipart():
    big = os.urandom(6 * 1024 * 1024)
    config = TransferConfig(multipart_threshold=5 * 1024 * 1024, multipart_chunksize=5 * 1024 * 1024)
    s3.upload_fileobj(io.BytesIO(big), "boto-one", "big.bin", Config=config)
    back = io.BytesIO()
    s3.download_fileobj("boto-one", "big.bin", back)
    assert back.getvalue() == big


def versions():
    s3.create_bucket(Bucket="boto-versions")
    s3.put_bucket_versioning(Bucket="boto-versions", VersioningConfiguration={"Status": "Enabled"})
    first = s3.put_object(Bucket="boto-versions", Key="k", Body=b"1")["VersionId"]
    s3.put_object(Bucket="boto-versions", Key="k", Body=b"2")
    s3.delete_object(Bucket="boto-versions", Key="k")
    assert s3.get_object(Bucket="boto-versions", Key="k", VersionId=first)["Body"].read() == b"1"
    listed = s3.list_object_versions(Bucket="boto-versions")
    assert len(listed["Versions"]) == 2 and len(listed["DeleteMarkers"]) == 1


def session_is_denied():
    credentials = sts.assume_role(RoleArn=f"arn:aws:iam::{account}:role/Reader", RoleSessionName="boto")["Credentials"]
    reader = boto3.client(
        "s3",
        aws_access_key_id=credentials["AccessKeyId"],
        aws_secret_access_key=credentials["SecretAccessKey"],
        aws_session_token=credentials["SessionToken"],
    )
    assert reader.get_object(Bucket="boto-one", Key="open/a b+ü.txt")["Body"].read() == b"hello"
    try:
        reader.get_object(Bucket="boto-one", Key="big.bin")
    except ClientError as error:
        assert error.response["Error"]["Code"] == "AccessDenied", error
        assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 403
        assert error.response["Error"]["Message"] == (
            f"User: arn:aws:sts::{account}:assumed-role/Reader/boto is not authorized to perform: s3:GetObject on resource: "
            '"arn:aws:s3:::boto-one/big.bin" because no identity-based policy allows the s3:GetObject action'
        ), error
    else:
        raise AssertionError("the denied read was answered")


def parameters():
    ssm.put_parameter(Name="/boto/one", Value="1", Type="String", Tags=[{"Key": "a", "Value": "b"}])
    ssm.put_parameter(Name="/boto/one", Value="2", Type="String", Overwrite=True)
    assert ssm.get_parameter(Name="/boto/one")["Parameter"]["Version"] == 2
    assert ssm.list_tags_for_resource(ResourceType="Parameter", ResourceId="/boto/one")["TagList"] == [{"Key": "a", "Value": "b"}]
    try:
        ssm.get_parameter(Name="/boto/two")
    except ssm.exceptions.ParameterNotFound:
        pass
    else:
        raise AssertionError("a parameter that is not there was read")


failed = False
for step in (entities, pages, objects, multipart, versions, session_is_denied, parameters):
    try:
        step()
        print(json.dumps({"step": step.__name__, "passed": True}), flush=True)
    except Exception:  # every failure is a row of the report
        failed = True
        print(json.dumps({"step": step.__name__, "passed": False, "why": traceback.format_exc()}), flush=True)
sys.exit(1 if failed else 0)
