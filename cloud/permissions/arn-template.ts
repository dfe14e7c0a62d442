/** The ARN formats of the Service Authorization Reference, filled in from inputs and found again in them. */

/** `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}`, taken apart. */
export interface ArnTemplate {
  /** What an input must name: all placeholders but partition, region and account, in order. */
  readonly names: readonly string[];
  /** Whether a text is an ARN of this format. */
  readonly matches: (arn: string) => boolean;
  /** The ARN with these values. */
  readonly fill: (values: ReadonlyMap<string, string>) => string;
}

const PLACEHOLDER = /\$\{([^}]+)\}/;
const PLACE = new Set(['Partition', 'Region', 'Account']);
const PLACE_PATTERNS: Readonly<Record<string, string>> = {
  Partition: '[a-z-]+',
  Region: '[a-z0-9-]*',
  Account: '\\d{12}',
};

const partition = 'aws';

/** Reads a format. */
export function arnTemplate(format: string): ArnTemplate {
  // Texts stand at even places, names between them.
  const parts = format.split(PLACEHOLDER);
  const pattern = parts.map((part, n) => (n % 2 === 0 ? escaped(part) : (PLACE_PATTERNS[part] ?? '[^:]+'))).join('');
  const shape = new RegExp(`^${pattern}$`);
  return {
    names: parts.filter((part, n) => n % 2 === 1 && !PLACE.has(part)),
    matches: (arn) => shape.test(arn),
    fill: (values) =>
      parts
        .map((part, n) => (n % 2 === 0 ? part : part === 'Partition' ? partition : (values.get(part) ?? '')))
        .join(''),
  };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
