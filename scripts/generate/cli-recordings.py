#!/usr/bin/python3
"""Writes shell/testing/recorded.json: what the parts of an installed AWS CLI v2 answer, for the unit tests to hold ours against.

    /usr/bin/python3 scripts/generate/cli-recordings.py
"""
import argparse
import copy
import io
import json
import pathlib
import tempfile

from awscli.clidriver import create_clidriver  # first: it puts the CLI's own botocore on the path
from awscli.customizations.configure.writer import ConfigFileWriter
from awscli.customizations.s3.utils import guess_content_type, human_readable_size, relative_path
from awscli.formatter import CLI_OUTPUT_FORMATS
from awscli.shorthand import ShorthandParseError, ShorthandParser
from botocore.paginate import TokenEncoder
from botocore.validate import ParamValidator
import fnmatch
import mimetypes

mimetypes.init(files=())

VALUES = [
    {'User': {'Path': '/', 'UserName': 'Bea', 'UserId': 'AIDAEXAMPLEEXAMPLE123', 'Arn': 'arn:aws:iam::123456789012:user/Bea',
              'CreateDate': '2026-11-24T05:38:16+00:00', 'Tags': [{'Key': 'team', 'Value': 'red'}, {'Key': 'x', 'Value': ''}]}},
    {'Users': [], 'IsTruncated': False},
    {'Users': [{'UserName': 'a', 'Path': '/'}, {'UserName': 'b', 'Tags': [{'Key': 'k', 'Value': 'v'}]}, {'Path': '/x/'}]},
    {'Names': ['a', 'b', 'c'], 'Count': 3, 'Big': 12345678901, 'Yes': True, 'No': False, 'Nothing': None},
    {'Names': ['one']},
    {'Outer': {'Inner': {'Deep': {'Deeper': 'x'}, 'List': [1, 2]}, 'Empty': {}, 'None': []}},
    {'Statement': [{'Effect': 'Allow', 'Action': ['s3:Get*', 's3:List*'], 'Resource': '*', 'Condition': {'Bool': {'aws:SecureTransport': 'true'}}},
                   {'Effect': 'Deny', 'Action': 'iam:*', 'Resource': ['arn:aws:iam::*:user/x']}]},
    {'Text': 'Käse 日本', 'Quote': 'it\'s "so"', 'Colon': 'a: b', 'Hash': 'a #b'},
    ['Bea', 'Carl'],
    [['Bea', 'x'], ['Carl', 'y']],
    [['a', ['n', 'm']], ['b', []]],
    [{'Name': 'Bea'}, {'Name': 'Carl'}],
    [],
    'a string',
    '',
    5,
    0,
    1.5,
    2.0,
    True,
    False,
    None,
    [None, 'x', 1],
    [None],
    {'a': [[1, 2], [3]]},
    {'Numbers': '123', 'Yes': 'true', 'No': 'no', 'On': 'on', 'Null': 'null', 'Tilde': '~', 'Float': '1.5', 'Date': '2012-10-17',
     'Octal': '0o17', 'Exp': '1e3', 'Dash': '-', 'DashX': '- x', 'Star': '*', 'Amp': '&a', 'Bang': '!x', 'Pct': '%x', 'At': '@x', 'Tick': '`x',
     'Space': ' lead', 'Trail': 'trail ', 'Empty': '', 'Line': 'one\ntwo\n', 'Tab': 'a\tb', 'Curly': '{x', 'Comma': ',x', 'Q': '?x', 'Qs': '? x',
     'Colon': ':x', 'End': 'x:', 'Percent': '100%', 'Arn': 'arn:aws:iam::aws:policy/X', 'Pipe': '|x', 'Gt': '>x', 'Eq': '=', 'Merge': '<<'},
    {'Long': 'word ' * 40, 'LongPlain': ('lorem ipsum ' * 12).strip(), 'Unbroken': 'x' * 200, 'LongQuoted': ("it's: " * 30).strip(),
     'LongLines': 'first line of text that goes on\n' * 6},
    {'Policy': '{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}]}'},
    {'Description': 'Provides full access to AWS services and resources, but does not allow management of Users and groups.'},
    {'A' * 50: 'x' * 60, 'B': 'y'},
    {'Keys': [{'A' * 30: 'x' * 30, 'B' * 30: 'y' * 30}]},
]

SHORTHAND = ['a=b', 'a=b,c=d', 'a=b,c', 'a=b,c,d=e', 'a=[b,c]', 'a=[]', 'a={b=c,d=e}', 'a={b=[c,d]}', 'a=', 'a=,b=c', "a='x,y'", 'a="x y"',
             "a='it\\'s'", 'a=b\\,c', 'a= b , c = d ', 'a', 'a=b,', 'a=b c', 'a=b,a=c', 'a=[b', 'a={b', '=x', 'a="x', 'a=b,c=[d,{e=f}],g=h',
             'Key=team,Value=red blue', 'Key=x,Value=http://a.b/c?d=e', 'a=é', 'a.b=c', 'a:b=c', 'foo=bar,\nbaz==x', 'a=1,b=true']

VALIDATION = [
    ('iam', 'CreateUser', {}),
    ('iam', 'CreateUser', {'UserName': ''}),
    ('iam', 'CreateUser', {'UserName': 1, 'Nope': 2, 'Tags': 'x'}),
    ('iam', 'CreateUser', {'UserName': 'x', 'Tags': [{'Key': ''}, {'Kay': 'x', 'Value': None}]}),
    ('iam', 'CreateRole', {'RoleName': 'x', 'AssumeRolePolicyDocument': '{}', 'MaxSessionDuration': 5}),
    ('iam', 'CreateRole', {'RoleName': 'x', 'AssumeRolePolicyDocument': {'a': ['b', 1, True, None, 1.5]}}),
    ('iam', 'GetPolicy', {'PolicyArn': 'short'}),
    ('s3', 'PutObject', {'Bucket': 'b', 'Key': '', 'Metadata': {'a': 1}}),
    ('s3', 'DeleteObjects', {'Bucket': 'b', 'Delete': {'Objects': [{}, {'Key': 'x'}]}}),
    ('ssm', 'GetParameters', {'Names': []}),
    ('ssm', 'PutParameter', {'Name': 'x', 'Value': 'v', 'Overwrite': 'yes'}),
    ('sts', 'AssumeRole', {'RoleArn': 'x', 'RoleSessionName': 'y', 'DurationSeconds': '900'}),
]

INI = [
    ('', {'region': 'us-east-1'}),
    ('[default]\nregion = a\n', {'region': 'b', 'output': 'json'}),
    ('[default]\nregion = a', {'output': 'json'}),
    ('# note\n[other]\nx = 1\n\n[default]\n# keep\nregion = a\n\n[profile z]\ny = 2\n', {'output': 'text'}),
    ('[default]\ns3 =\n    max = 1\nregion = a\n', {'s3': {'max': '2'}}),
    ('[default]\ns3 =\n    max = 1\n', {'s3': {'style': 'path'}}),
    ('[default]\nregion = a\n', {'s3': {'style': 'path'}}),
    ('[profile x]\nregion = a\n', {'region': 'b'}),
]


def formatted():
    for value in VALUES:
        for name in ('json', 'text', 'table', 'yaml'):
            if name == 'table' and isinstance(value, (str, int, float, bool)) and value:
                continue  # it fails in the CLI itself
            stream = io.StringIO()
            arguments = argparse.Namespace(query=None, color='off')
            own = copy.deepcopy(value)
            try:
                formatter = CLI_OUTPUT_FORMATS[name](arguments)
                if isinstance(own, dict) or name == 'text':
                    response = own
                else:
                    response = {}
                    arguments.query = argparse.Namespace(search=lambda _, own=own: own)
                if name == 'text':
                    arguments.query = argparse.Namespace(search=lambda _, own=own: own)
                    response = {}
                formatter('ListThings', response, stream)
            except Exception:  # what the CLI cannot show is no measure
                continue
            yield {'value': value, 'format': name, 'text': stream.getvalue()}


def shorthand():
    for text in SHORTHAND:
        try:
            yield {'text': text, 'value': ShorthandParser().parse(text)}
        except ShorthandParseError as error:
            yield {'text': text, 'error': str(error)}


def validated(session):
    for service, operation, parameters in VALIDATION:
        shape = session.get_service_model(service).operation_model(operation).input_shape
        report = ParamValidator().validate(parameters, shape).generate_report()
        yield {'service': service, 'operation': operation, 'parameters': parameters, 'report': report}


def written():
    for text, values in INI:
        with tempfile.NamedTemporaryFile('w+', suffix='.ini') as file:
            file.write(text)
            file.flush()
            ConfigFileWriter().update_config({'__section__': 'default', **copy.deepcopy(values)}, file.name)
            yield {'before': text, 'values': values, 'after': pathlib.Path(file.name).read_text()}


def main():
    session = create_clidriver().session
    names = ['a.txt', 'b.JSON', 'c.tar.gz', 'd.tgz', 'e', 'f.html', 'g.gz', '.hidden', 'h.PNG', 'i.unknownext', 'dir.d/file', 'j.svgz']
    globs = [('*', 'a/b'), ('*.txt', 'x/y.txt'), ('a?c', 'abc'), ('[ab]x', 'bx'), ('[!ab]x', 'bx'), ('[!ab]x', 'cx'), ('a[', 'a['), ('a.c', 'abc'), ('[]a]x', ']x')]
    recorded = {
        'formats': list(formatted()),
        'shorthand': list(shorthand()),
        'validation': list(validated(session)),
        'ini': list(written()),
        'sizes': [[size, human_readable_size(size)] for size in
                  (0, 1, 2, 1023, 1024, 1536, 1048575, 1048576, 10 * 1024 * 1024 + 7, 2 ** 30, 2 ** 40 * 3, 1047552)],
        'contentTypes': [[name, guess_content_type(name)] for name in names],
        'globs': [[pattern, name, fnmatch.fnmatchcase(name, pattern)] for pattern, name in globs],
        'tokens': [[token, TokenEncoder().encode(token)] for token in
                   ({'Marker': None, 'boto_truncate_amount': 1}, {'NextToken': 'abc'}, {'KeyMarker': 'ü', 'VersionIdMarker': 'x'})],
        'relativePaths': [[name, start, relative_path(name, start)] for name, start in
                          (('/home/x/a.txt', '/home/x'), ('/home/x/d/a.txt', '/home/x'), ('/home/a.txt', '/home/x'), ('/tmp/a', '/home/x/y'))],
    }
    out = pathlib.Path(__file__).resolve().parents[2] / 'shell' / 'testing' / 'recorded.json'
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(recorded, indent=1, ensure_ascii=False) + '\n')
    print({name: len(entries) for name, entries in recorded.items()})


main()
