import { beforeEach, describe, expect, it } from 'vitest';
import { accountId, allow, type Output, root, Sandbox } from '../../testing/sandbox.ts';

let sandbox: Sandbox;
let tokens = 0;
beforeEach(() => {
  sandbox = new Sandbox();
  tokens = 0;
});

const day = 86_400_000;
function token(): string {
  tokens += 1;
  return `00000000-0000-4000-8000-${String(tokens).padStart(12, '0')}`;
}
const create = (Name: string, more: object = {}): Output =>
  sandbox.call('secretsmanager:CreateSecret', { Name, SecretString: 'one', ClientRequestToken: token(), ...more });
const put = (SecretId: string, SecretString: string, more: object = {}): Output =>
  sandbox.call('secretsmanager:PutSecretValue', { SecretId, SecretString, ClientRequestToken: token(), ...more });
const get = (SecretId: string, more: object = {}) =>
  sandbox.call('secretsmanager:GetSecretValue', { SecretId, ...more });
const describeSecret = (SecretId: string) => sandbox.call('secretsmanager:DescribeSecret', { SecretId });
const refusal = (operation: string, input: object, caller = root) => {
  const { code, message } = sandbox.fail(`secretsmanager:${operation}`, input, caller);
  return [code, message];
};

describe('CreateSecret', () => {
  it('makes a secret with six characters behind its name', () => {
    const made = create('app/db', { Description: 'd', Tags: [{ Key: 'team', Value: 'pay' }] });
    expect(made).toEqual({
      ARN: expect.stringMatching(/^arn:aws:secretsmanager:us-east-1:111122223333:secret:app\/db-[A-Za-z0-9]{6}$/),
      Name: 'app/db',
      VersionId: '00000000-0000-4000-8000-000000000001',
    });
    const CreatedDate = new Date('2026-01-05T12:00:00Z');
    expect(describeSecret('app/db')).toEqual({
      ARN: made.ARN,
      Name: 'app/db',
      Description: 'd',
      LastChangedDate: CreatedDate,
      CreatedDate,
      Tags: [{ Key: 'team', Value: 'pay' }],
      VersionIdsToStages: { [made.VersionId]: ['AWSCURRENT'] },
    });
    expect(get('app/db')).toEqual({ ...made, SecretString: 'one', VersionStages: ['AWSCURRENT'], CreatedDate });
    expect(describeSecret('app/db').LastAccessedDate).toEqual(new Date('2026-01-05T00:00:00Z'));
  });

  it('is found by its ARN, whole or without the six characters', () => {
    const { ARN } = create('app/db');
    expect(get(ARN).ARN).toBe(ARN);
    expect(get(ARN.slice(0, -7)).ARN).toBe(ARN);
    expect(sandbox.asked('secretsmanager:GetSecretValue', { SecretId: 'app/db' })).toEqual([
      `secretsmanager:GetSecretValue ${ARN}`,
    ]);
    // A name that ends like an ARN hides behind it.
    const odd = create('name-a1b2c3').ARN;
    expect(get(odd).ARN).toBe(odd);
    expect(refusal('GetSecretValue', { SecretId: odd.slice(0, -7) })[0]).toBe('ResourceNotFoundException');
  });

  it('may have no value yet', () => {
    const made = sandbox.call('secretsmanager:CreateSecret', { Name: 'empty', ClientRequestToken: token() });
    expect(made).toEqual({ ARN: made.ARN, Name: 'empty' });
    expect(describeSecret('empty')).not.toHaveProperty('VersionIdsToStages');
    expect(refusal('GetSecretValue', { SecretId: 'empty' })).toEqual([
      'ResourceNotFoundException',
      "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
    ]);
    expect(put('empty', 'v', { VersionStages: ['mine'] }).VersionStages).toEqual(['AWSCURRENT', 'mine']);
  });

  it('keeps bytes as they are', () => {
    const SecretBinary = new Uint8Array([0, 255, 128]);
    sandbox.call('secretsmanager:CreateSecret', { Name: 'b', SecretBinary, ClientRequestToken: token() });
    expect(get('b').SecretBinary).toEqual(SecretBinary);
  });

  it('is safe to repeat with its token', () => {
    const ClientRequestToken = token();
    const made = create('a', { ClientRequestToken });
    expect(create('a', { ClientRequestToken })).toEqual(made);
    expect(refusal('CreateSecret', { Name: 'a', SecretString: 'two', ClientRequestToken })[0]).toBe(
      'ResourceExistsException',
    );
    expect(refusal('CreateSecret', { Name: 'a', SecretString: 'one', ClientRequestToken: token() })).toEqual([
      'ResourceExistsException',
      'The operation failed because the secret a already exists.',
    ]);
  });

  it.each([
    [{ Name: 'Inv Name' }, 'ValidationException', 'Invalid name. Must be a valid name containing alphanumeric'],
    [{ SecretBinary: new Uint8Array([1]) }, 'InvalidParameterException', "You can't specify both a binary secret"],
    [{ ClientRequestToken: undefined }, 'InvalidRequestException', 'You must provide a ClientRequestToken value.'],
    [{ AddReplicaRegions: [{ Region: 'eu-west-1' }] }, 'InvalidParameterException', 'Replication'],
    [{ Tags: [{ Key: 'aws:a', Value: '' }] }, 'InvalidParameterException', 'aws:'],
    [{ KmsKeyId: 'alias/none' }, 'EncryptionFailure', "Secrets Manager can't encrypt the secret value: Alias "],
  ])('refuses %j', (more, code, message) => {
    const input = { Name: 'a', SecretString: 'one', ClientRequestToken: token(), ...more };
    const error = sandbox.fail('secretsmanager:CreateSecret', input);
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    expect(sandbox.world.accounts[accountId]?.secretsmanager.secrets).toEqual({});
  });

  it('holds values to 65536 bytes', () => {
    create('a', { SecretString: 'x'.repeat(65_536) });
    const input = { Name: 'b', SecretString: 'é'.repeat(32_769), ClientRequestToken: token() };
    expect(refusal('CreateSecret', input)[0]).toBe('InvalidParameterException');
  });

  it('is decided about by name, and with tags needs TagResource', () => {
    const input = { Name: 'app/db', ClientRequestToken: token(), Tags: [{ Key: 'team', Value: 'pay' }] };
    const arn = `arn:aws:secretsmanager:us-east-1:${accountId}:secret:app/`;
    const bea = sandbox.user('Bea', allow('secretsmanager:CreateSecret', `${arn}*`));
    expect(refusal('CreateSecret', input, bea)[1]).toContain('secretsmanager:TagResource on resource: app/db');
    const cal = sandbox.user('Cal', allow(['secretsmanager:CreateSecret', 'secretsmanager:TagResource'], `${arn}db-*`));
    expect(refusal('CreateSecret', { ...input, Name: 'app/web' }, cal)[0]).toBe('AccessDeniedException');
    sandbox.call('secretsmanager:CreateSecret', input, cal);
  });
});

describe('versions', () => {
  it('a new value is current, the one before previous, older ones deprecated', () => {
    const one = create('a').VersionId;
    const two = put('a', 'two').VersionId;
    sandbox.now += 1000;
    expect(put('a', 'three')).toMatchObject({ VersionStages: ['AWSCURRENT'] });
    expect(get('a').SecretString).toBe('three');
    expect(get('a', { VersionStage: 'AWSPREVIOUS' }).VersionId).toBe(two);
    expect(get('a', { VersionId: one }).SecretString).toBe('one');
    const ids = (more: object = {}) =>
      sandbox.call('secretsmanager:ListSecretVersionIds', { SecretId: 'a', ...more }).Versions;
    expect(ids()).toHaveLength(2);
    expect(ids({ IncludeDeprecated: true })).toHaveLength(3);
    expect(ids()[0]).toMatchObject({ VersionStages: ['AWSPREVIOUS'], KmsKeyIds: ['DefaultEncryptionKey'] });
    expect(refusal('GetSecretValue', { SecretId: 'a', VersionId: two, VersionStage: 'AWSCURRENT' })).toEqual([
      'InvalidRequestException',
      'You provided a VersionStage that is not associated to the provided VersionId.',
    ]);
    expect(refusal('GetSecretValue', { SecretId: 'a', VersionStage: 'none' })[0]).toBe('ResourceNotFoundException');
  });

  it('labels move, AWSCURRENT by naming the version that has it', () => {
    const one = create('a').VersionId;
    const two = put('a', 'two', { VersionStages: ['AWSPENDING'] }).VersionId;
    const move = (more: object) => ({ SecretId: 'a', VersionStage: 'AWSCURRENT', ...more });
    expect(refusal('UpdateSecretVersionStage', move({ MoveToVersionId: two }))[1]).toContain(
      `is currently attached to version ${one}`,
    );
    expect(refusal('UpdateSecretVersionStage', move({ RemoveFromVersionId: one }))[0]).toBe(
      'InvalidParameterException',
    );
    sandbox.call('secretsmanager:UpdateSecretVersionStage', move({ MoveToVersionId: two, RemoveFromVersionId: one }));
    expect(describeSecret('a').VersionIdsToStages).toEqual({
      [one]: ['AWSPREVIOUS'],
      [two]: ['AWSCURRENT', 'AWSPENDING'],
    });
    sandbox.call('secretsmanager:UpdateSecretVersionStage', {
      SecretId: 'a',
      VersionStage: 'AWSPENDING',
      RemoveFromVersionId: two,
    });
    expect(describeSecret('a').VersionIdsToStages[two]).toEqual(['AWSCURRENT']);
    expect(refusal('UpdateSecretVersionStage', move({ MoveToVersionId: token() }))[1]).toContain(
      'Not a valid version: ',
    );
  });

  it('a token stands for one value', () => {
    create('a');
    const ClientRequestToken = token();
    const answer = put('a', 'two', { ClientRequestToken });
    expect(put('a', 'two', { ClientRequestToken })).toEqual(answer);
    expect(refusal('PutSecretValue', { SecretId: 'a', SecretString: 'three', ClientRequestToken })[1]).toContain(
      `You can't use ClientRequestToken ${ClientRequestToken} because`,
    );
  });

  it('UpdateSecret changes description and value', () => {
    const { ARN, Name } = create('a');
    const input = { SecretId: 'a', Description: 'd', ClientRequestToken: token() };
    expect(sandbox.call('secretsmanager:UpdateSecret', input)).toEqual({ ARN, Name });
    const VersionId = token();
    const value = { SecretId: 'a', SecretString: 'two', ClientRequestToken: VersionId };
    expect(sandbox.call('secretsmanager:UpdateSecret', value)).toEqual({ ARN, Name, VersionId });
    expect(describeSecret('a').Description).toBe('d');
    expect(get('a').SecretString).toBe('two');
  });

  it('are a hundred at most: deprecated ones go when they are a day old', () => {
    create('a');
    for (let n = 1; n < 100; n += 1) put('a', String(n));
    const input = { SecretId: 'a', SecretString: 'more', ClientRequestToken: token() };
    expect(refusal('PutSecretValue', input)[0]).toBe('LimitExceededException');
    sandbox.now += day;
    put('a', 'more');
    expect(sandbox.world.accounts[accountId]?.secretsmanager.secrets['us-east-1 a']?.versions).toHaveLength(100);
    expect(get('a').SecretString).toBe('more');
  });
});

describe('deletion', () => {
  it('waits for the recovery window, in which the secret can be restored', () => {
    const { ARN } = create('a');
    const gone = sandbox.call('secretsmanager:DeleteSecret', { SecretId: 'a', RecoveryWindowInDays: 7 });
    expect(gone).toEqual({ ARN, Name: 'a', DeletionDate: new Date('2026-01-12T12:00:00Z') });
    const marked = "You can't perform this operation on the secret because it was marked for deletion.";
    for (const operation of ['GetSecretValue', 'GetResourcePolicy', 'DeleteResourcePolicy']) {
      expect(refusal(operation, { SecretId: 'a' })).toEqual(['InvalidRequestException', marked]);
    }
    expect(refusal('CreateSecret', { Name: 'a', ClientRequestToken: token() })).toEqual([
      'InvalidRequestException',
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    ]);
    expect(describeSecret('a').DeletedDate).toEqual(gone.DeletionDate);
    expect(sandbox.call('secretsmanager:ListSecrets').SecretList).toEqual([]);
    expect(sandbox.call('secretsmanager:ListSecrets', { IncludePlannedDeletion: true }).SecretList).toHaveLength(1);
    expect(sandbox.call('secretsmanager:RestoreSecret', { SecretId: 'a' })).toEqual({ ARN, Name: 'a' });
    expect(get('a').SecretString).toBe('one');
    sandbox.call('secretsmanager:DeleteSecret', { SecretId: 'a' });
    sandbox.now += 30 * day;
    sandbox.pass();
    expect(refusal('DescribeSecret', { SecretId: 'a' })).toEqual([
      'ResourceNotFoundException',
      "Secrets Manager can't find the specified secret.",
    ]);
    expect(create('a').ARN).not.toBe(ARN);
  });

  it('by force is at once, and no error where nothing is', () => {
    create('a');
    const force = { SecretId: 'a', ForceDeleteWithoutRecovery: true };
    sandbox.call('secretsmanager:DeleteSecret', force);
    sandbox.call('secretsmanager:DeleteSecret', force);
    expect(refusal('DeleteSecret', { SecretId: 'a' })[0]).toBe('ResourceNotFoundException');
    expect(refusal('DeleteSecret', { ...force, RecoveryWindowInDays: 7 })[0]).toBe('InvalidParameterException');
    expect(refusal('DeleteSecret', { SecretId: 'a', RecoveryWindowInDays: 6 })[1]).toBe(
      'The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).',
    );
  });
});
