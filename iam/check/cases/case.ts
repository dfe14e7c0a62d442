/** A finding of the checker, by example. */
import type { CheckKind, CheckSize } from '../context.ts';

export interface CheckCase {
  readonly code: string;
  readonly kind: CheckKind;
  readonly resourceType?: string;
  readonly size?: CheckSize;
  /** A document, or a text that is none, in which the finding is. */
  readonly bad: object | string;
  /** The place of the finding. */
  readonly at: string;
  /** The document after the repair. */
  readonly repaired?: object;
  /** Another document without the finding; the repaired one serves where there is one. */
  readonly clean?: object;
}

type Statement = Readonly<Record<string, unknown>>;

export const of = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement });

const GRANT = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::reports/*' };

/** A clean identity policy of one statement, with changes. An element that is changed to undefined is not there. */
export const identity = (changes: Statement = {}) => of({ ...GRANT, ...changes });

/** A clean bucket policy of one statement, with changes. */
export const bucket = (changes: Statement = {}) =>
  of({
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:user/ana' },
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::reports/*',
    ...changes,
  });

/** A clean trust policy of one statement, with changes. */
export const trust = (changes: Statement = {}) =>
  of({
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:user/ana' },
    Action: 'sts:AssumeRole',
    ...changes,
  });

/** A clean resource control policy of one statement, with changes. */
export const rcp = (changes: Statement = {}) =>
  of({
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: '*',
    Condition: {
      StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    },
    ...changes,
  });

/** A clean policy of each kind. */
export const CLEAN: Readonly<Record<CheckKind, object>> = {
  identity: identity(),
  resource: bucket(),
  trust: trust(),
  scp: identity({ Effect: 'Deny', Action: 's3:DeleteBucket', Resource: '*' }),
  rcp: rcp(),
};

/** Code, bad document, place, and what the repair makes of it. */
export type CheckRow = readonly [code: string, bad: object | string, at: string, repaired?: object];

export function rows(kind: CheckKind, ...list: CheckRow[]): readonly CheckCase[] {
  return list.map(([code, bad, at, repaired]) =>
    repaired === undefined ? { code, kind, bad, at } : { code, kind, bad, at, repaired },
  );
}
