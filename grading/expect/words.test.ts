import { expect, test } from 'vitest';
import { whyNot } from './words.ts';

const output = {
  PolicyNames: ['Grant', 'Read'],
  None: [],
  Users: [
    { UserName: 'Bea', Path: '/', Tags: [] },
    { UserName: 'Milo', Path: '/staff/', Tags: [] },
  ],
  AttachedPolicies: [
    { PolicyName: 'ReadOnlyAccess', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    { PolicyName: 'Own', PolicyArn: 'arn:aws:iam::111122223333:policy/Own' },
  ],
  Role: { MaxSessionDuration: 7200, Description: '', Trust: { Statement: [{ Effect: 'Allow' }] } },
  Block: { BlockPublicAcls: false },
  Body: 'radishes and peas',
};

test.each([
  ['length(PolicyNames) == `0`', 'PolicyNames must be empty; it holds 2: Grant, Read'],
  ['length(None) == `2`', 'None must hold 2; it is empty'],
  ['length(PolicyNames) < `2`', 'PolicyNames must hold fewer than 2; it holds 2: Grant, Read'],
  ['length(None) > `0`', 'None must not be empty; it is empty'],
  ['length(Gone) == `0`', 'Gone must be empty; it is not there'],
  ['length(Body) == `3`', 'length(Body) must be 3; it is 17'],
  ["contains(Users[].UserName, 'Robin')", 'UserName of Users must contain Robin; it holds 2: Bea, Milo'],
  ["!contains(PolicyNames, 'Grant')", 'PolicyNames must not contain Grant; it holds 2: Grant, Read'],
  ["contains(Body, 'bicycles')", 'Body must contain bicycles; it is radishes and peas'],
  ["starts_with(Body, 'bi')", 'Body must begin with bi; it is radishes and peas'],
  [
    "length(AttachedPolicies[?starts_with(PolicyArn, 'arn:aws:iam::aws:')]) == `0`",
    'AttachedPolicies whose PolicyArn begins with arn:aws:iam::aws: must be empty; it holds PolicyName ReadOnlyAccess, PolicyArn arn:aws:iam::aws:policy/ReadOnlyAccess',
  ],
  [
    "Users[?Path == '/' && UserName != 'x'].UserName == `[]`",
    'UserName of Users whose Path is / and UserName is not x must be an empty list; it holds Bea',
  ],
  ['Role.MaxSessionDuration <= `3600`', 'Role.MaxSessionDuration must be at most 3600; it is 7200'],
  ["Role.Description == 'Cataloguer'", 'Role.Description must be Cataloguer; it is an empty text'],
  ['Role.Description == `null`', 'Role.Description must not be there; it is an empty text'],
  ['Role.PermissionsBoundary != `null`', 'Role.PermissionsBoundary must be there; it is not there'],
  ['Role.Trust == `1`', 'Role.Trust must be 1; it is an object with Statement'],
  ['Block.BlockPublicAcls', 'Block.BlockPublicAcls must be true; it is false'],
  ['!Body', '!Body must be true; it is false'],
  ['(Block.BlockPublicAcls == `true`)', 'Block.BlockPublicAcls must be true; it is false'],
  ["Body && Body == 'x'", 'Body must be x; it is radishes and peas'],
  ["length(Gone) == `1` && Body == 'x'", 'Gone must hold 1; it is not there'],
  ["Body != 'a' && length(PolicyNames) == `1`", 'PolicyNames must hold 1; it holds 2: Grant, Read'],
  [
    "Body == 'a || b' || Body == 'c'",
    'Body must be a || b; it is radishes and peas, or Body must be c; it is radishes and peas',
  ],
  ["Users[0].UserName | @ == 'x'", "Users[0].UserName | @ == 'x' must be true; it is false"],
])('%s', (expression, words) => {
  expect(whyNot(expression, output)).toBe(words);
});

test('of many only the first are told', () => {
  const names = Array.from({ length: 12 }, (_, n) => `Policy${n}`);
  expect(whyNot('length(Names) == `0`', { Names: names })).toBe(
    'Names must be empty; it holds 12: Policy0, Policy1, Policy2 and 9 more',
  );
});
