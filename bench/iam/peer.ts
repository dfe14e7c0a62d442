/**
 * The open simulator that is measured beside: `@cloud-copilot/iam-simulate`. Its licence (AGPL) keeps it out of the project, so it is
 * installed into a temporary folder of its own, and only its public call is used.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Asking, Document, Documents } from './workload.ts';

const PEER = '@cloud-copilot/iam-simulate';
const VERSION = '0.1.173';

export interface Peer {
  readonly name: string;
  /** The verdict on a simulation, in the engine's words; throws where the peer refuses its input. */
  decide(simulation: Simulation): Promise<'allowed' | 'implicitly-denied' | 'explicitly-denied'>;
}

/** The part of the peer's input that is used. */
export interface Simulation {
  readonly request: {
    readonly principal: string;
    readonly action: string;
    readonly resource: { readonly resource: string; readonly accountId: string };
    readonly contextVariables: Readonly<Record<string, string | readonly string[]>>;
  };
  readonly identityPolicies: readonly Named[];
  readonly serviceControlPolicies: readonly Level[];
  readonly resourceControlPolicies: readonly Level[];
  readonly resourcePolicy?: Document;
  readonly sessionPolicy?: Document;
  readonly permissionBoundaryPolicies?: readonly Named[];
  readonly vpcEndpointPolicies?: readonly Named[];
}

interface Named {
  readonly name: string;
  readonly policy: Document;
}

interface Level {
  readonly orgIdentifier: string;
  readonly policies: readonly Named[];
}

interface PeerModule {
  runSimulation(
    simulation: Simulation,
    options: object,
  ): Promise<
    | { readonly resultType: 'error'; readonly errors: { readonly message: string } }
    | { readonly resultType: 'single' | 'wildcard'; readonly overallResult: keyof typeof VERDICTS }
  >;
}

const VERDICTS = {
  Allowed: 'allowed',
  ImplicitlyDenied: 'implicitly-denied',
  ExplicitlyDenied: 'explicitly-denied',
} as const;

/** Installs the peer, hands it to `use`, and removes it again. */
export async function withPeer(use: (peer: Peer) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'leastwise-bench-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', `${PEER}@${VERSION}`], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const entry = join(folder, 'node_modules', PEER, 'dist/esm/index.js');
    const { runSimulation }: PeerModule = await import(pathToFileURL(entry).href);
    await use({
      name: `${PEER} ${VERSION}`,
      async decide(simulation) {
        const answer = await runSimulation(simulation, {});
        if (answer.resultType === 'error') throw new Error(`${PEER}: ${JSON.stringify(answer.errors)}`);
        return VERDICTS[answer.overallResult];
      },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A request as the peer takes it. It derives no keys of the principal: they are given. */
export function toSimulation(documents: Documents, asked: Asking): Simulation {
  const { caller, action, resource, resourceAccountId, context, organization } = asked;
  const isUser = caller.kind === 'user';
  return {
    request: {
      principal: isUser ? caller.arn : caller.sessionArn,
      action,
      resource: { resource, accountId: resourceAccountId },
      contextVariables: {
        ...context,
        'aws:PrincipalArn': isUser ? caller.arn : caller.roleArn,
        'aws:PrincipalAccount': caller.accountId,
        'aws:PrincipalIsAWSService': 'false',
        ...(isUser ? { 'aws:username': caller.name } : {}),
        ...(organization === undefined ? {} : { 'aws:PrincipalOrgID': organization.id }),
      },
    },
    identityPolicies: documents.identity.map(named),
    serviceControlPolicies: (documents.serviceControl ?? []).map(level),
    resourceControlPolicies: (documents.resourceControl ?? []).map(level),
    ...(documents.resource === undefined ? {} : { resourcePolicy: documents.resource }),
    ...(documents.session === undefined ? {} : { sessionPolicy: documents.session }),
    ...(documents.boundary === undefined ? {} : { permissionBoundaryPolicies: [named(documents.boundary, 0)] }),
    ...(documents.vpcEndpoint === undefined ? {} : { vpcEndpointPolicies: [named(documents.vpcEndpoint, 0)] }),
  };
}

function named(policy: Document, at: number): Named {
  return { name: `policy-${at}`, policy };
}

function level(policies: readonly Document[], at: number): Level {
  return { orgIdentifier: `level-${at}`, policies: policies.map(named) };
}
