/** The names that a start state adds to those of a learner: access keys of its template, and sessions that it plants. */
import type { Template } from '../../cloud/templates/template.ts';
import type { Past } from './past.ts';

/** The parts of a planted session, as `${Session.stolen.AccessKeyId}` has them. */
export const sessionParts = ['AccessKeyId', 'SecretAccessKey', 'SessionToken'] as const;

/** The name of a part of a planted session. */
export function sessionName(session: string, part: (typeof sessionParts)[number]): string {
  return `Session.${session}.${part}`;
}

/** The name of an access key's secret; the key's id has the logical id for its name. */
export function secretName(logicalId: string): string {
  return `${logicalId}.SecretAccessKey`;
}

/** The name of a token: `Token.pipeline`. */
export function tokenName(token: string): string {
  return `Token.${token}`;
}

/** The logical ids of the access keys that a template makes. */
export function accessKeysIn({ resources }: Template): readonly string[] {
  return [...resources].flatMap(([id, { type }]) => (type.name === 'AWS::IAM::AccessKey' ? [id] : []));
}

/** Every name that a start state adds. */
export function namesOfStart(template: Template, { sessions = {}, tokens = {} }: Past): readonly string[] {
  return [
    ...accessKeysIn(template).flatMap((id) => [id, secretName(id)]),
    ...Object.keys(tokens).map(tokenName),
    ...Object.keys(sessions).flatMap((session) => sessionParts.map((part) => sessionName(session, part))),
  ];
}
