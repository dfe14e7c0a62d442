/** Documents as the state keeps them. */

export type DocumentType = 'Command' | 'Automation' | 'Session';

export interface DocumentState {
  readonly name: string;
  readonly region: string;
  readonly type: DocumentType;
  readonly createdAt: number;
  readonly defaultVersion: number;
  /** The number that was given out last: numbers are not given twice. */
  readonly lastVersion: number;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  /** Ids of accounts, or `all`. */
  readonly sharedWith: readonly string[];
  /** Oldest first; one at least. */
  readonly versions: readonly DocumentVersionState[];
}

export interface DocumentVersionState {
  readonly version: number;
  readonly versionName?: string;
  readonly displayName?: string;
  /** `/AWS::EC2::Instance`. */
  readonly targetType?: string;
  /** As it came. */
  readonly content: string;
  readonly format: 'JSON' | 'YAML';
  readonly createdAt: number;
}
