/** `aws s3 ls`. */
import type { ParsedArguments } from '../argument-parser.ts';
import type { Client } from '../client/client.ts';
import type { Printed } from '../printed.ts';
import { isMap, type ValueMap } from '../value.ts';
import { items, listPages } from './files.ts';
import { splitS3 } from './location.ts';
import { wholeNumber, word } from './options.ts';

const UNITS = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

/** `1 Byte`, `10 Bytes`, `1.0 KiB`. */
export function humanSize(bytes: number): string {
  if (bytes === 1) return '1 Byte';
  if (bytes < 1024) return `${bytes} Bytes`;
  const power = UNITS.findIndex((_, i) => Math.round((bytes / 1024 ** (i + 2)) * 1024) < 1024);
  const unit = power < 0 ? UNITS.length - 1 : power;
  return `${(bytes / 1024 ** (unit + 1)).toFixed(1)} ${UNITS[unit]}`;
}

/** `2026-11-24 05:38:16`, from the CLI's ISO text. */
function shownTime(value: unknown): string {
  return String(value).slice(0, 19).replace('T', ' ');
}

class Listing {
  readonly #shownSize: (bytes: number) => string;
  text = '';
  objects = 0;
  bytes = 0;
  isEmpty = true;

  constructor(shownSize: (bytes: number) => string) {
    this.#shownSize = shownSize;
  }

  page(output: ValueMap, shownName: (key: string) => string): void {
    for (const prefix of items(output, 'CommonPrefixes')) {
      this.isEmpty = false;
      this.text += `${'PRE'.padStart(30)} ${String(prefix['Prefix']).split('/').at(-2) ?? ''}/\n`;
    }
    for (const object of items(output, 'Contents')) {
      this.isEmpty = false;
      const size = Number(object['Size'] ?? 0);
      this.objects += 1;
      this.bytes += size;
      const name = shownName(String(object['Key']));
      this.text += `${shownTime(object['LastModified'])} ${this.#shownSize(size).padStart(10)} ${name}\n`;
    }
  }

  summary(): string {
    return `\nTotal Objects: ${this.objects}\n${'Total Size: '.padStart(15)}${this.#shownSize(this.bytes)}\n`;
  }
}

/** Lists buckets, or what is under a prefix. Exit code 1: nothing is under the prefix that was asked for. */
export async function listCommand(client: Client, parsed: ParsedArguments): Promise<Printed> {
  const { bucket, key } = splitS3(word(parsed, 'paths') ?? 's3://');
  const listing = new Listing(parsed.values.has('human-readable') ? humanSize : String);
  if (bucket === '') {
    const { output } = await client.callNamed('ListBuckets', {});
    for (const found of items(output, 'Buckets').filter(isMap)) {
      listing.text += `${shownTime(found['CreationDate'])} ${String(found['Name'])}\n`;
    }
  } else {
    const isRecursive = parsed.values.has('recursive');
    const pageSize = wholeNumber(parsed, 'page-size');
    const payer = word(parsed, 'request-payer');
    const parameters: ValueMap = {
      Bucket: bucket,
      Prefix: key,
      ...(!isRecursive && { Delimiter: '/' }),
      ...(pageSize !== undefined && { MaxKeys: pageSize }),
      ...(payer !== undefined && { RequestPayer: payer }),
    };
    for await (const page of listPages(client, parameters)) {
      listing.page(page, (name) => (isRecursive ? name : (name.split('/').at(-1) ?? '')));
    }
  }
  const stdout = listing.text + (parsed.values.has('summarize') ? listing.summary() : '');
  return { stdout, exitCode: key !== '' && listing.isEmpty ? 1 : 0 };
}
