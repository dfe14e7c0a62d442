import { beforeEach, describe, expect, it, test } from 'vitest';
import { accountId, allow, partnerRoot, Sandbox } from '../../../testing/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

const content = (more: object = {}) =>
  JSON.stringify({
    schemaVersion: '2.2',
    description: 'Says hello',
    parameters: { Who: { type: 'String', default: 'you', description: 'Whom to greet' } },
    mainSteps: [{ action: 'aws:runShellScript', name: 'greet', inputs: { runCommand: ['echo {{ Who }}'] } }],
    ...more,
  });
const yaml = `schemaVersion: "2.2"
mainSteps:
  - action: aws:runShellScript
    name: greet
    inputs:
      runCommand: [ "date" ]
`;
const runbook = JSON.stringify({
  schemaVersion: '0.3',
  mainSteps: [{ name: 'wait', action: 'aws:sleep', inputs: { Duration: 'PT1S' } }],
});
const create = (Name = 'Greet', more: object = {}) =>
  sandbox.call('ssm:CreateDocument', { Name, Content: content(), DocumentType: 'Command', ...more });
const arn = (name: string) => `arn:aws:ssm:us-east-1:${accountId}:document/${name}`;

describe('CreateDocument', () => {
  it('answers the document and keeps it', () => {
    const { DocumentDescription } = create('Greet', { Tags: [{ Key: 'team', Value: 'red' }], VersionName: 'one' });
    expect(DocumentDescription).toMatchObject({
      Name: 'Greet',
      Owner: accountId,
      Description: 'Says hello',
      DocumentVersion: '1',
      VersionName: 'one',
      DocumentType: 'Command',
      SchemaVersion: '2.2',
      Status: 'Active',
      HashType: 'Sha256',
      Parameters: [{ Name: 'Who', Type: 'String', DefaultValue: 'you', Description: 'Whom to greet' }],
      Tags: [{ Key: 'team', Value: 'red' }],
    });
    expect(DocumentDescription.Hash).toMatch(/^[0-9a-f]{64}$/);
    expect(sandbox.call('ssm:GetDocument', { Name: 'Greet' })).toMatchObject({
      Content: content(),
      DocumentFormat: 'JSON',
    });
    expect(sandbox.call('ssm:DescribeDocument', { Name: arn('Greet') }).Document).toEqual(DocumentDescription);
  });

  it('takes YAML, and gives each format as the other', () => {
    create('Date', { Content: yaml, DocumentFormat: 'YAML' });
    expect(sandbox.call('ssm:GetDocument', { Name: 'Date' }).Content).toBe(yaml);
    const asJson = sandbox.call('ssm:GetDocument', { Name: 'Date', DocumentFormat: 'JSON' }).Content;
    expect(JSON.parse(asJson).mainSteps[0].name).toBe('greet');
    create();
    expect(sandbox.call('ssm:GetDocument', { Name: 'Greet', DocumentFormat: 'YAML' }).Content).toMatch(
      /^schemaVersion: "2\.2"/,
    );
  });

  test.each<[string, object, string]>([
    ['a second of one name', {}, 'DocumentAlreadyExists'],
    ['a name of AWS', { Name: 'AWS-Mine' }, 'ValidationException'],
    ['no JSON', { Name: 'New', Content: '{' }, 'InvalidDocumentContent'],
    ['YAML said to be JSON', { Name: 'New', Content: yaml }, 'InvalidDocumentContent'],
    ['another schema', { Name: 'New', Content: content({ schemaVersion: '0.3' }) }, 'InvalidDocumentSchemaVersion'],
    ['no steps', { Name: 'New', Content: content({ mainSteps: [] }) }, 'InvalidDocumentContent'],
    [
      'a parameter of no type',
      { Name: 'New', Content: content({ parameters: { A: { type: 'Text' } } }) },
      'InvalidDocumentContent',
    ],
    ['too much', { Name: 'New', Content: content({ description: 'x'.repeat(70_000) }) }, 'MaxDocumentSizeExceeded'],
    ['another type', { Name: 'New', DocumentType: 'Package' }, 'ValidationException'],
    [
      'a runbook with another action',
      {
        Name: 'New',
        DocumentType: 'Automation',
        Content: JSON.stringify({ schemaVersion: '0.3', mainSteps: [{ name: 'ask', action: 'aws:approve' }] }),
      },
      'InvalidDocumentContent',
    ],
    [
      'a runbook that goes nowhere',
      {
        Name: 'New',
        DocumentType: 'Automation',
        Content: JSON.stringify({
          schemaVersion: '0.3',
          mainSteps: [{ name: 'wait', action: 'aws:sleep', nextStep: 'gone' }],
        }),
      },
      'InvalidDocumentContent',
    ],
    [
      'a session of another type',
      {
        Name: 'New',
        DocumentType: 'Session',
        Content: JSON.stringify({ schemaVersion: '1.0', sessionType: 'Port' }),
      },
      'InvalidDocumentContent',
    ],
    [
      'what is nested too deeply',
      { Name: 'New', Content: `{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}` },
      'InvalidDocumentContent',
    ],
    [
      'YAML that is',
      { Name: 'New', DocumentFormat: 'YAML', Content: `a: ${'['.repeat(30_000)}` },
      'InvalidDocumentContent',
    ],
    [
      'an alias bomb',
      {
        Name: 'New',
        DocumentFormat: 'YAML',
        Content: `a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c]\n`,
      },
      'InvalidDocumentContent',
    ],
  ])('refuses %s', (_what, more, code) => {
    create();
    const before = sandbox.world;
    const input = { Name: 'Greet', Content: content(), DocumentType: 'Command', ...more };
    expect(sandbox.fail('ssm:CreateDocument', input).code).toBe(code);
    expect(sandbox.world).toBe(before);
  });

  it('is decided by name, type and tags', () => {
    const input = { Name: 'Greet', Content: content(), Tags: [{ Key: 'team', Value: 'red' }] };
    expect(sandbox.asked('ssm:CreateDocument', input)).toEqual([
      `ssm:CreateDocument ${arn('Greet')}`,
      `ssm:AddTagsToResource ${arn('Greet')}`,
    ]);
    const only = allow('ssm:CreateDocument', arn('*'), {
      Condition: { StringEquals: { 'ssm:DocumentType': 'Automation' } },
    });
    const eve = sandbox.user('eve', only);
    expect(sandbox.fail('ssm:CreateDocument', { Name: 'Two', Content: content() }, eve).code).toBe(
      'AccessDeniedException',
    );
    sandbox.call('ssm:CreateDocument', { Name: 'Two', Content: runbook, DocumentType: 'Automation' }, eve);
  });
});

describe('versions', () => {
  beforeEach(() => void create());
  const update = (more: object = {}) =>
    sandbox.call('ssm:UpdateDocument', {
      Name: 'Greet',
      Content: content({ description: 'New' }),
      DocumentVersion: '$LATEST',
      ...more,
    });

  it('are numbered; the default stays until another is named', () => {
    expect(update({ VersionName: 'two' }).DocumentDescription).toMatchObject({
      DocumentVersion: '2',
      DefaultVersion: '1',
      LatestVersion: '2',
    });
    const description = (input: object) =>
      sandbox.call('ssm:DescribeDocument', { Name: 'Greet', ...input }).Document.Description;
    expect(description({})).toBe('Says hello');
    expect(description({ DocumentVersion: '$LATEST' })).toBe('New');
    expect(description({ VersionName: 'two' })).toBe('New');
    sandbox.call('ssm:UpdateDocumentDefaultVersion', { Name: 'Greet', DocumentVersion: '2' });
    expect(description({})).toBe('New');
    const { DocumentVersions } = sandbox.call('ssm:ListDocumentVersions', { Name: 'Greet' });
    expect(DocumentVersions).toMatchObject([
      { DocumentVersion: '2', IsDefaultVersion: true },
      { DocumentVersion: '1', IsDefaultVersion: false },
    ]);
  });

  it('are deleted one by one, the default one with the document alone', () => {
    update();
    sandbox.call('ssm:DeleteDocument', { Name: 'Greet', DocumentVersion: '2' });
    expect(sandbox.fail('ssm:GetDocument', { Name: 'Greet', DocumentVersion: '2' }).code).toBe(
      'InvalidDocumentVersion',
    );
    expect(sandbox.fail('ssm:DeleteDocument', { Name: 'Greet', DocumentVersion: '1' }).code).toBe(
      'InvalidDocumentVersion',
    );
    expect(update().DocumentDescription.DocumentVersion).toBe('3');
    sandbox.call('ssm:DeleteDocument', { Name: 'Greet' });
    expect(sandbox.fail('ssm:GetDocument', { Name: 'Greet' }).code).toBe('InvalidDocument');
  });

  it('must differ, and be made of the latest', () => {
    const fail = (more: object) =>
      sandbox.fail('ssm:UpdateDocument', { Name: 'Greet', Content: content(), ...more }).code;
    expect(fail({})).toBe('DuplicateDocumentContent');
    update({ VersionName: 'two' });
    expect(fail({ Content: yaml, DocumentFormat: 'YAML', DocumentVersion: '1' })).toBe('InvalidDocument');
    expect(fail({ Content: yaml, DocumentFormat: 'YAML', VersionName: 'two' })).toBe('DuplicateDocumentVersionName');
    expect(fail({ Name: 'Nothing' })).toBe('InvalidDocument');
    expect(fail({ Name: 'AWS-RunShellScript' })).toBe('InvalidDocumentOperation');
  });
});

describe('AWS’s own', () => {
  it('are found by name, and belong to no account', () => {
    expect(sandbox.asked('ssm:GetDocument', { Name: 'AWS-RunShellScript' })).toEqual([
      'ssm:GetDocument arn:aws:ssm:us-east-1::document/AWS-RunShellScript',
    ]);
    expect(sandbox.call('ssm:DescribeDocument', { Name: 'AWS-RunShellScript' }).Document).toMatchObject({
      Owner: 'Amazon',
      DocumentType: 'Command',
    });
  });

  it('are listed with the account’s, by filters', () => {
    create('Greet', { Tags: [{ Key: 'team', Value: 'red' }] });
    const names = (...Filters: readonly object[]) =>
      sandbox.call('ssm:ListDocuments', { Filters }).DocumentIdentifiers.map((each: { Name: string }) => each.Name);
    expect(names({ Key: 'Owner', Values: ['Self'] })).toEqual(['Greet']);
    expect(names({ Key: 'tag:team', Values: ['red'] })).toEqual(['Greet']);
    expect(names({ Key: 'Owner', Values: ['Amazon'] }, { Key: 'DocumentType', Values: ['Automation'] })).toContain(
      'AWS-RestartEC2Instance',
    );
    expect(sandbox.fail('ssm:ListDocuments', { Filters: [{ Key: 'Colour', Values: ['red'] }] }).code).toBe(
      'InvalidFilterKey',
    );
    const first = sandbox.call('ssm:ListDocuments', { MaxResults: 2 });
    const second = sandbox.call('ssm:ListDocuments', { MaxResults: 2, NextToken: first.NextToken });
    expect(second.DocumentIdentifiers[0].Name > first.DocumentIdentifiers[1].Name).toBe(true);
  });
});

describe('sharing', () => {
  beforeEach(() => void create());
  const share = (input: object) =>
    sandbox.call('ssm:ModifyDocumentPermission', { Name: 'Greet', PermissionType: 'Share', ...input });

  it('lets other accounts read and use a document by its ARN, and no others', () => {
    const read = () => sandbox.perform('ssm:GetDocument', { Name: arn('Greet') }, partnerRoot).outcome;
    expect(read()).toMatchObject({ kind: 'error' });
    share({ AccountIdsToAdd: ['444455556666'] });
    expect(read()).toMatchObject({ kind: 'ok', output: { Name: arn('Greet'), Content: content() } });
    expect(
      sandbox.fail('ssm:UpdateDocument', { Name: arn('Greet'), Content: yaml, DocumentFormat: 'YAML' }, partnerRoot)
        .code,
    ).toBe('AccessDeniedException');
    expect(sandbox.fail('ssm:DeleteDocument', { Name: 'Greet' }).code).toBe('InvalidDocumentOperation');
    expect(
      sandbox.call('ssm:DescribeDocumentPermission', { Name: 'Greet', PermissionType: 'Share' }).AccountIds,
    ).toEqual(['444455556666']);
    share({ AccountIdsToRemove: ['444455556666'] });
    expect(read()).toMatchObject({ kind: 'error' });
    sandbox.call('ssm:DeleteDocument', { Name: 'Greet' });
  });

  it('is with everyone, or with single accounts', () => {
    share({ AccountIdsToAdd: ['All'] });
    expect(
      sandbox.call('ssm:DescribeDocumentPermission', { Name: 'Greet', PermissionType: 'Share' }).AccountIds,
    ).toEqual(['all']);
    const more = { Name: 'Greet', PermissionType: 'Share', AccountIdsToAdd: ['444455556666'] };
    expect(sandbox.fail('ssm:ModifyDocumentPermission', more).code).toBe('DocumentPermissionLimit');
  });
});

test('tags of documents decide', () => {
  create('Greet', { Tags: [{ Key: 'team', Value: 'red' }] });
  const ours = { Condition: { StringEquals: { 'ssm:resourceTag/team': 'red' } } };
  const eve = sandbox.user('eve', allow(['ssm:GetDocument', 'ssm:RemoveTagsFromResource'], '*', ours));
  sandbox.call('ssm:GetDocument', { Name: 'Greet' }, eve);
  const on = { ResourceType: 'Document', ResourceId: 'Greet' };
  expect(sandbox.call('ssm:ListTagsForResource', on).TagList).toEqual([{ Key: 'team', Value: 'red' }]);
  sandbox.call('ssm:RemoveTagsFromResource', { ...on, TagKeys: ['team'] }, eve);
  expect(sandbox.fail('ssm:GetDocument', { Name: 'Greet' }, eve).code).toBe('AccessDeniedException');
});
