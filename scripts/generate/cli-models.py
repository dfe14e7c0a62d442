#!/usr/bin/python3
"""Writes shell/generated/: what the `aws` command knows of each service, from an installed AWS CLI v2.

    /usr/bin/python3 scripts/generate/cli-models.py iam sts s3api ssm

It asks the CLI itself (its command tables and botocore's models), so names, order and customisations are the CLI's own.
Documentation, patterns and endpoint rules are left out. To offer one more service, name it too.
"""
import json
import pathlib
import sys

from awscli.clidriver import create_clidriver  # first: it puts the CLI's own botocore on the path
from botocore import xform_name
from botocore.exceptions import DataNotFoundError, UnknownServiceError

OUT = pathlib.Path(__file__).resolve().parents[2] / 'shell' / 'generated'
NOTE = '// Written by scripts/generate/cli-models.py from AWS CLI {version}; not to be edited.\n'


def shape_data(raw):
    """The facts of a shape that the command line needs, short where they are the usual ones."""
    data = {'type': raw['type']}
    if raw['type'] == 'structure':
        data['members'] = {name: member['shape'] for name, member in raw['members'].items()}
        if raw.get('required'):
            data['required'] = raw['required']
        for trait in ('union', 'document'):
            if raw.get(trait):
                data[trait] = True
        streaming = [n for n, m in raw['members'].items() if m.get('streaming')]
        if streaming:
            data['streaming'] = streaming
        tokens = [n for n, m in raw['members'].items() if m.get('idempotencyToken')]
        if tokens:
            data['tokens'] = tokens
        if raw.get('payload'):
            data['payload'] = raw['payload']
    if raw['type'] == 'list':
        data['member'] = raw['member']['shape']
    if raw['type'] == 'map':
        data['key'] = raw['key']['shape']
        data['value'] = raw['value']['shape']
    if 'min' in raw:
        data['min'] = raw['min']
    if raw.get('enum'):
        data['enum'] = raw['enum']
    if raw.get('streaming'):
        data['stream'] = True
    return data


def reachable(raw_shapes, roots):
    seen = set()
    todo = list(roots)
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        raw = raw_shapes[name]
        todo.extend(m['shape'] for m in raw.get('members', {}).values())
        todo.extend(raw[part]['shape'] for part in ('member', 'key', 'value') if part in raw)
    return seen


def loaded(session, service, kind):
    try:
        return session.get_component('data_loader').load_service_model(service, kind)
    except (DataNotFoundError, UnknownServiceError):
        return {}


def service_data(driver, cli_name):
    command = driver.subcommand_table[cli_name]
    model = command.service_model
    session = driver.session
    raw = session.get_component('data_loader').load_service_model(model.service_name, 'service-2')
    paginators = loaded(session, model.service_name, 'paginators-1').get('pagination', {})
    waiters = loaded(session, model.service_name, 'waiters-2').get('waiters', {})
    inputs, outputs, operations = [], [], {}
    for name, operation in command.subcommand_table.items():
        operation_model = getattr(operation, '_operation_model', None)
        if operation_model is None:
            continue
        entry = {'name': operation_model.name}
        if operation_model.input_shape is not None:
            entry['input'] = operation_model.input_shape.name
            inputs.append(entry['input'])
        if operation_model.output_shape is not None:
            entry['output'] = operation_model.output_shape.name
            outputs.append(entry['output'])
        options = {}
        for argument_name, argument in operation.arg_table.items():
            member = getattr(argument, '_serialized_name', None)
            is_model_argument = hasattr(argument, '_operation_model') and member is not None
            if is_model_argument and not argument_name.startswith('no-'):
                options[argument_name] = member
        # What botocore's own rules give is left to the reader, who applies the paginator's names over it.
        if options:
            entry['options'] = options
        if operation_model.deprecated:
            entry['deprecated'] = True
        if operation_model.name in paginators:
            entry['paginator'] = {
                k: v if isinstance(v, list) or k in ('limit_key', 'more_results') else [v]
                for k, v in paginators[operation_model.name].items()
            }
        operations[name] = entry
    used = reachable(raw['shapes'], [*inputs, *outputs])
    shapes = {name: shape_data(raw['shapes'][name]) for name in raw['shapes'] if name in used}
    return {
        'name': cli_name,
        'endpointPrefix': model.endpoint_prefix,
        'serviceId': str(model.service_id),
        'operations': operations,
        'waiters': {xform_name(name, '-'): waiter for name, waiter in waiters.items()},
        'shapes': shapes,
    }


def lines(data):
    """JSON with one line for each operation, waiter and shape: short, and its changes can be read."""
    parts = []
    for key, value in data.items():
        if isinstance(value, dict):
            inner = ',\n'.join(f'    {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}' for k, v in value.items())
            parts.append(f'  {json.dumps(key)}: {{\n{inner}\n  }}' if value else f'  {json.dumps(key)}: {{}}')
        else:
            parts.append(f'  {json.dumps(key)}: {json.dumps(value)}')
    return '{\n' + ',\n'.join(parts) + ',\n}'


def main(names):
    driver = create_clidriver()
    version = driver.session.user_agent_version
    note = NOTE.format(version=version)
    for name in names:
        data = service_data(driver, name)
        text = (f"{note}import type {{ CliService }} from '../service-description.ts';\n\n"
                f'export const SERVICE: CliService = {lines(data)};\n')
        (OUT / f'{name}.ts').write_text(text)
        print(name, len(text), len(data['operations']), len(data['shapes']))
    commands = [*driver.subcommand_table, 'help']
    (OUT / 'commands.ts').write_text(
        f'{note}/** Every command of the CLI, in its order. */\n'
        f'export const COMMANDS: readonly string[] = {json.dumps(commands)};\n\n'
        f"export const CLI_VERSION = '{version}';\n")


main(sys.argv[1:])
