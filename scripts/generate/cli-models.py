#!/usr/bin/python3
"""Writes shell/generated/: what the `aws` command knows of each service, from an installed AWS CLI.

    python3 scripts/generate/cli-models.py iam sts s3api ssm
    npx tsx scripts/generate/offered-operations.ts | python3 scripts/generate/cli-models.py --offered

One rule says which operations a service has: those that the sandbox offers (`--offered` reads them, the CLI's name of each
service with its operations, as JSON), so that help, completion and "Invalid choice" tell the truth. Waiters and shapes are those
that the operations reach. Named on the command line are the four services whose whole tables are measured against the output
recorded from AWS CLI 2.9.19 (shell/testing/recorded.json); `commands.ts` comes from the same CLI.

`--offered` wants a CLI as new as the wire formats in cloud/generated/wire. AWS CLI 1.45.11 (botocore 1.43.11, from PyPI) has been
used: of these services both major versions know the same operations and options; where version 2 differs (blobs, paging, times),
the difference is in shell/. Set AWS_CLI_PYTHON to the interpreter that has it, and `npm run generate:cli` takes it.

It asks the CLI itself (its command tables and botocore's models), so names, order and customisations are the CLI's own.
Documentation, patterns and endpoint rules are left out.
"""
import json
import pathlib
import sys

from awscli import __version__ as CLI
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


def table_of(command):
    """What stands below a command, by name: version 2 tells it, version 1 keeps it to itself."""
    table = getattr(command, 'subcommand_table', None)
    if table is not None:
        return table
    return (getattr(command, '_get_command_table', None) or command._create_command_table)()


def service_data(driver, cli_name, offered):
    """A service's table: all of it, or its part of the operations `offered`, by their API names."""
    command = table_of(driver)[cli_name]
    model = command.service_model
    session = driver.session
    raw = session.get_component('data_loader').load_service_model(model.service_name, 'service-2')
    paginators = loaded(session, model.service_name, 'paginators-1').get('pagination', {})
    waiters = loaded(session, model.service_name, 'waiters-2').get('waiters', {})
    inputs, outputs, operations = [], [], {}
    for name, operation in table_of(command).items():
        operation_model = getattr(operation, '_operation_model', None)
        if operation_model is None or (offered is not None and operation_model.name not in offered):
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
            is_negation = getattr(argument, '_action', None) == 'store_false'
            if is_model_argument and not is_negation and not argument_name.startswith('no-'):
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
    if offered is not None:
        missing = set(offered) - {entry['name'] for entry in operations.values()}
        if missing:
            raise SystemExit(f'{cli_name}: this CLI does not know {sorted(missing)}')
        waiters = {name: waiter for name, waiter in waiters.items() if waiter['operation'] in offered}
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


def write_services(driver, note, wanted):
    for name, offered in wanted.items():
        data = service_data(driver, name, offered)
        text = (f"{note}import type {{ CliService }} from '../service-description.ts';\n\n"
                f'export const SERVICE: CliService = {lines(data)};\n')
        (OUT / f'{name}.ts').write_text(text)
        print(name, len(text), len(data['operations']), len(data['shapes']))


def write_commands(driver, note, version):
    commands = [*table_of(driver), 'help']
    (OUT / 'commands.ts').write_text(
        f'{note}/** Every command of the CLI, in its order. */\n'
        f'export const COMMANDS: readonly string[] = {json.dumps(commands)};\n\n'
        f"export const CLI_VERSION = '{version}';\n")


def main(words):
    driver = create_clidriver()
    if words == ['--offered']:
        write_services(driver, NOTE.format(version=CLI), json.load(sys.stdin))
        return
    version = driver.session.user_agent_version
    note = NOTE.format(version=version)
    write_services(driver, note, dict.fromkeys(words))
    write_commands(driver, note, version)


main(sys.argv[1:])
