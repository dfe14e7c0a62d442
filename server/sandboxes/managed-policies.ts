/** The catalogue of the AWS managed policies, as scripts/generate/managed-policies.mjs made it. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ManagedPolicy, ManagedPolicyCatalogue } from '../../cloud/managed-policies.ts';
import { projectPath } from '../config/root.ts';

const FILE = projectPath('cloud/generated/managed-policies.json');
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const ARN = /^arn:aws:iam::aws:policy(\/(?:.*\/)?)([^/]+)$/;

interface Row {
  readonly arn: string;
  readonly version: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly document: object;
}

/** The text is made when it is asked for: of the 1,594 an account uses a handful. */
class CataloguedPolicy implements ManagedPolicy {
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly description = '';
  readonly defaultVersionId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly #document: object;
  #text: string | undefined;

  constructor(row: Row) {
    const [, path = '/', name = ''] = ARN.exec(row.arn) ?? [];
    this.arn = row.arn;
    this.name = name;
    this.path = path;
    this.defaultVersionId = row.version;
    this.createdAt = row.createdAt;
    this.updatedAt = row.updatedAt;
    this.#document = row.document;
  }

  /** The sources have no ids: one is made of the ARN, so that it is always the same. */
  get id(): string {
    const digest = createHash('sha256').update(this.arn).digest();
    return `ANPA${Array.from(digest.subarray(0, 17), (byte) => ALPHABET.charAt(byte % 32)).join('')}`;
  }

  get document(): string {
    this.#text ??= JSON.stringify(this.#document, null, 4);
    return this.#text;
  }
}

/** Reads the catalogue: some 40 ms, once at the start. */
export async function readManagedPolicies(): Promise<ManagedPolicyCatalogue> {
  const policies = (JSON.parse(await readFile(FILE, 'utf8')) as Row[])
    .map((row) => new CataloguedPolicy(row))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const byArn = new Map<string, ManagedPolicy>(policies.map((policy) => [policy.arn, policy]));
  return { get: (arn) => byArn.get(arn), list: () => policies };
}
