/** How analyzers are called, found and kept. IAM Access Analyzer API Reference. */
import type { AccountDraft } from '../../call.ts';
import { own } from '../../own.ts';
import type { Account } from '../../world.ts';
import { resourceNotFound } from './errors.ts';
import type { AnalyzerState } from './state.ts';

/** Analyzers are of one region. */
export function analyzerKey({ region, name }: Pick<AnalyzerState, 'region' | 'name'>): string {
  return `${region}/${name}`;
}

export function analyzerArn(accountId: string, { region, name }: Pick<AnalyzerState, 'region' | 'name'>): string {
  return `arn:aws:access-analyzer:${region}:${accountId}:analyzer/${name}`;
}

/** @throws AwsError ResourceNotFoundException */
export function analyzerOf({ accessanalyzer }: Account, region: string, name: string | undefined): AnalyzerState {
  const analyzer = own(accessanalyzer.analyzers, analyzerKey({ region, name: name ?? '' }));
  if (analyzer === undefined) throw resourceNotFound('analyzer', name ?? '');
  return analyzer;
}

/** The analyzer of an ARN, in the region that is called. @throws AwsError ResourceNotFoundException */
export function analyzerAt(account: Account, region: string, arn: string | undefined): AnalyzerState {
  const { accountId, region: of, name } = partsOf(arn) ?? {};
  if (of !== region || accountId !== account.id) throw resourceNotFound('analyzer', arn ?? '');
  return analyzerOf(account, region, name);
}

/** Undefined: it is no ARN of an analyzer. */
export function partsOf(arn: string | undefined): { accountId: string; region: string; name: string } | undefined {
  const [, region, accountId, name] =
    /^arn:[^:]+:access-analyzer:([^:]+):(\d{12}):analyzer\/([^/]+)$/.exec(arn ?? '') ?? [];
  if (region === undefined || accountId === undefined || name === undefined) return undefined;
  return { accountId, region, name };
}

/** Keeps an analyzer as it is now. */
export function keepAnalyzer({ accessanalyzer }: AccountDraft, analyzer: AnalyzerState): void {
  Object.assign(accessanalyzer.analyzers, { [analyzerKey(analyzer)]: analyzer });
}
