import { beforeEach, describe, expect, test } from 'vitest';
import { accountId } from '../../cloud/testing/sandbox.ts';
import { SandboxShell } from '../testing/sandbox-shell.ts';

let shell: SandboxShell;
beforeEach(() => {
  shell = new SandboxShell();
  shell.write('words.txt', 'words');
});

const create = `lambda create-function --function-name f --role arn:aws:iam::${accountId}:role/r`;
const noZip =
  '--zip-file must be a zip file with the fileb:// prefix.\nExample usage:  --zip-file fileb://path/to/file.zip';

describe('the faults of AWS CLI v2', () => {
  test.each([
    ['lambda update-function-code --function-name f --zip-file words.txt', noZip],
    [`${create} --zip-file fileb://words.txt`, noZip],
    [
      `${create} --code ZipFile=x`,
      "ZipFile cannot be provided as part of the --code argument.  Please use the '--zip-file' option instead to specify a " +
        'zip file.',
    ],
    ['ec2 run-instances --count x', 'count parameter should be of form min[:max] (e.g. 1 or 1:10)'],
    [
      'ec2 run-instances --network-interfaces DeviceIndex=0 --associate-public-ip-address',
      'Mixing the --network-interfaces option with the simple, scalar options is not supported.',
    ],
    [
      'ec2 authorize-security-group-ingress --group-id sg-1 --protocol foo',
      'protocol parameter should be one of: tcp|udp|icmp|all or any valid protocol number.',
    ],
    [
      'ec2 revoke-security-group-egress --group-id sg-1 --protocol 256',
      'protocol numbers must be in the range 0-255 or -1 to specify all protocols',
    ],
    [
      'ec2 authorize-security-group-ingress --group-id sg-1 --port ssh',
      'port parameter should be of the form <from[-to]> (e.g. 22 or 22-25)',
    ],
    [
      'ec2 authorize-security-group-ingress --group-id sg-1 --protocol tcp --ip-permissions IpProtocol=tcp',
      'The --protocol option is not compatible with the --ip-permissions option ',
    ],
  ])('%s', async (command, message) => {
    expect(await shell.aws(...command.split(' '))).toEqual({ stdout: '', stderr: `\n${message}\n`, exitCode: 252 });
    expect(shell.sent).toEqual([]);
  });
});

describe('instances', () => {
  const run = 'ec2 run-instances --image-id ami-0abcdef1234567890 --instance-type t3.micro';

  test('are one where no count is given', async () => {
    expect(await shell.ok(...run.split(' '), '--query', 'length(Instances)')).toBe('1\n');
  });

  test('hold their user data in base64, and their switches can be turned', async () => {
    const id = (
      await shell.ok(...`${run} --user-data file://words.txt --query Instances[0].InstanceId --output text`.split(' '))
    ).trim();
    const describe = `ec2 describe-instance-attribute --instance-id ${id}`;
    const userData = await shell.ok(...`${describe} --attribute userData --query UserData.Value`.split(' '));
    expect(JSON.parse(userData)).toBe('d29yZHM=');
    const sourceDestCheck = () => shell.ok(...`${describe} --attribute sourceDestCheck`.split(' '));
    await shell.ok('ec2', 'modify-instance-attribute', '--instance-id', id, '--no-source-dest-check');
    expect(JSON.parse(await sourceDestCheck()).SourceDestCheck).toEqual({ Value: false });
    await shell.ok('ec2', 'modify-instance-attribute', '--instance-id', id, '--source-dest-check');
    expect(JSON.parse(await sourceDestCheck()).SourceDestCheck).toEqual({ Value: true });
  });
});
