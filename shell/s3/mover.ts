/** Carries out what `aws s3` planned: uploads (in parts where they are big), downloads, copies, deletions. */
import type { ParsedArguments } from '../argument-parser.ts';
import type { Answer, Client } from '../client/client.ts';
import type { Session } from '../session.ts';
import { parseTimestamp } from '../timestamps.ts';
import type { ValueMap } from '../value.ts';
import { guessContentType } from './content-type.ts';
import { copyProperties } from './copy-properties.ts';
import type { Entry } from './files.ts';
import { splitS3 } from './location.ts';
import { objectParameters, word } from './options.ts';

/** Bytes from which on a file goes up in parts, and the size of a part: the CLI's defaults. */
const PART = 8 * 1024 * 1024;
/** The most parts that an upload may have. */
const MOST_PARTS = 10_000;

/** What the options of one command say about every entry that it moves. */
export class Mover {
  readonly #session: Session;
  readonly #client: Client;
  readonly #parsed: ParsedArguments;
  readonly #object: ValueMap;
  readonly #payer: ValueMap;

  constructor(session: Session, client: Client, parsed: ParsedArguments) {
    this.#session = session;
    this.#client = client;
    this.#parsed = parsed;
    this.#object = objectParameters(parsed);
    const payer = word(parsed, 'request-payer');
    this.#payer = payer === undefined ? {} : { RequestPayer: payer };
  }

  /** Does one thing of the plan; throws where it fails. */
  async carryOut(
    plan: { readonly command: string; readonly ends: string },
    task: {
      readonly kind: 'move' | 'delete';
      readonly source: 's3' | 'local';
      readonly entry: Entry;
      readonly to?: string;
    },
  ): Promise<void> {
    const { files } = this.#session.environment;
    const { path } = task.entry;
    if (task.to === undefined) {
      await (task.source === 's3' ? this.#deleteObject(path) : files.remove(path));
      return;
    }
    if (plan.ends === 'locals3') {
      const guessed = this.#parsed.values.has('no-guess-mime-type') ? undefined : guessContentType(path);
      await this.upload(await files.readFile(path), task.to, guessed);
    } else if (plan.ends === 's3local') await this.#download(path, task.to);
    else await this.#copy(path, task.to);
    if (plan.command !== 'mv') return;
    await (task.source === 's3' ? this.#deleteObject(path) : files.remove(path));
  }

  /** Puts bytes at `bucket/key`: in one call, or in parts. */
  async upload(bytes: Uint8Array, to: string, guessedType?: string): Promise<void> {
    const { bucket, key } = splitS3(to);
    const target = { ...this.#payer, Bucket: bucket, Key: key };
    const object = { ...(guessedType !== undefined && { ContentType: guessedType }), ...this.#object };
    if (bytes.length < PART) {
      await this.#client.callNamed('PutObject', { ...target, ...object, Body: bytes });
      return;
    }
    const size = Math.max(PART, Math.ceil(bytes.length / MOST_PARTS));
    const { output } = await this.#client.callNamed('CreateMultipartUpload', { ...target, ...object });
    const upload = { ...target, UploadId: output['UploadId'] ?? '' };
    try {
      const parts: ValueMap[] = [];
      for (let at = 0; at < bytes.length; at += size) {
        const number = parts.length + 1;
        const part = await this.#client.callNamed('UploadPart', {
          ...upload,
          PartNumber: number,
          Body: bytes.subarray(at, at + size),
        });
        parts.push({ ETag: part.output['ETag'] ?? '', PartNumber: number });
      }
      await this.#client.callNamed('CompleteMultipartUpload', { ...upload, MultipartUpload: { Parts: parts } });
    } catch (fault) {
      await this.#client.callNamed('AbortMultipartUpload', upload);
      throw fault;
    }
  }

  /** The object at `bucket/key`. */
  fetch(from: string): Promise<Answer> {
    const { bucket, key } = splitS3(from);
    return this.#client.callNamed('GetObject', { ...this.#payer, Bucket: bucket, Key: key });
  }

  async #download(from: string, to: string): Promise<void> {
    const { files } = this.#session.environment;
    const answer = await this.fetch(from);
    await files.makeDirectory(to.slice(0, to.lastIndexOf('/')) || '/');
    await files.writeFile(to, answer.body);
    const modified = parseTimestamp(answer.output['LastModified'] ?? null);
    if (modified !== undefined) await files.setModified?.(to, modified);
  }

  async #copy(from: string, to: string): Promise<void> {
    const target = splitS3(to);
    const properties = await copyProperties(this.#client, this.#parsed, from, this.#object);
    await this.#client.callNamed('CopyObject', {
      ...this.#payer,
      CopySource: from,
      Bucket: target.bucket,
      Key: target.key,
      ...properties,
    });
  }

  async #deleteObject(path: string): Promise<void> {
    const { bucket, key } = splitS3(path);
    await this.#client.callNamed('DeleteObject', { ...this.#payer, Bucket: bucket, Key: key });
  }
}
