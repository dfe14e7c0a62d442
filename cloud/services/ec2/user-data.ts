/**
 * User data as cloud-init reads it (https://cloudinit.readthedocs.io, "User data formats"; EC2 User Guide, "Run commands when you launch an EC2
 * instance with user data input"): a script, a boothook, cloud-config, or several of them in one MIME message.
 */
import { fromBase64 } from '@smithy/core/serde';
import { parse } from 'yaml';
import { shellWord } from '../../shell-word.ts';

/** A file that cloud-config writes. */
export interface WrittenFile {
  readonly path: string;
  readonly content: string;
  readonly encoding: 'text' | 'base64';
  /** `0644`. */
  readonly permissions: string;
  readonly isAppended: boolean;
}

/** What user data asks for, by when cloud-init does it. */
export interface UserData {
  /** At every start, first: `#cloud-boothook`. */
  readonly boothooks: readonly string[];
  /** At every start: `bootcmd`. */
  readonly bootCommands: readonly string[];
  /** At the first start: `write_files`, `runcmd`. */
  readonly files: readonly WrittenFile[];
  readonly runCommands: readonly string[];
  /** At the first start; at every one where cloud-config says so. */
  readonly scripts: readonly string[];
  readonly scriptsRun: 'once' | 'always';
  /** What cloud-init makes nothing of, in its own words. */
  readonly warnings: readonly string[];
}

type Part = Pick<
  UserData,
  'boothooks' | 'bootCommands' | 'files' | 'runCommands' | 'scripts' | 'scriptsRun' | 'warnings'
>;

const nothing: Part = {
  boothooks: [],
  bootCommands: [],
  files: [],
  runCommands: [],
  scripts: [],
  scriptsRun: 'once',
  warnings: [],
};

/** @param encoded base64, as EC2 keeps it */
export function readUserData(encoded: string): UserData {
  const text = new TextDecoder('utf-8').decode(fromBase64(encoded.replaceAll(/\s/g, '')));
  const isMessage = /^(?:[A-Za-z-]+:[^\n]*\n)*Content-Type:\s*multipart\//i.test(text);
  const parts = (isMessage ? messageParts(text) : [{ type: '', text }]).map(partOf);
  return parts.reduce(
    (all, part) => ({
      boothooks: [...all.boothooks, ...part.boothooks],
      bootCommands: [...all.bootCommands, ...part.bootCommands],
      files: [...all.files, ...part.files],
      runCommands: [...all.runCommands, ...part.runCommands],
      scripts: [...all.scripts, ...part.scripts],
      scriptsRun: part.scriptsRun === 'always' ? 'always' : all.scriptsRun,
      warnings: [...all.warnings, ...part.warnings],
    }),
    nothing,
  );
}

interface Typed {
  /** Empty where the first line tells. */
  readonly type: string;
  readonly text: string;
}

/** The parts of a MIME message (RFC 2046, section 5.1). */
function messageParts(message: string): readonly Typed[] {
  const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(message) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) return [];
  return message
    .replaceAll('\r\n', '\n')
    .split(`\n--${boundary}`)
    .slice(1)
    .filter((part) => !part.startsWith('--'))
    .map((part) => {
      const [head = '', ...body] = part.replace(/^[^\n]*\n/, '').split('\n\n');
      const type = /^Content-Type:\s*([^\s;]+)/im.exec(head)?.[1]?.toLowerCase() ?? '';
      const text = body.join('\n\n');
      const isBase64 = /^Content-Transfer-Encoding:\s*base64/im.test(head);
      return { type, text: isBase64 ? decoded(text) : text };
    });
}

function decoded(text: string): string {
  try {
    return new TextDecoder('utf-8').decode(fromBase64(text.replaceAll(/\s/g, '')));
  } catch {
    return '';
  }
}

function partOf({ type, text }: Typed): Part {
  if (text.startsWith('#cloud-boothook') || type === 'text/cloud-boothook') {
    return { ...nothing, boothooks: [text.replace(/^#cloud-boothook[^\n]*\n?/, '')] };
  }
  if (text.startsWith('#cloud-config') || type === 'text/cloud-config') return cloudConfig(text);
  if (text.startsWith('#!') || type === 'text/x-shellscript') return { ...nothing, scripts: [text] };
  if (text.trim() === '') return nothing;
  return {
    ...nothing,
    warnings: [`Unhandled non-multipart (text/x-not-multipart) userdata: '${text.slice(0, 24)}...'`],
  };
}

function cloudConfig(text: string): Part {
  let config: unknown;
  try {
    config = parse(text);
  } catch {
    return { ...nothing, warnings: ['Failed loading yaml blob. Invalid format'] };
  }
  if (typeof config !== 'object' || config === null) return nothing;
  const {
    bootcmd,
    runcmd,
    write_files: files,
    cloud_final_modules: modules,
  } = config as Readonly<Record<string, unknown>>;
  return {
    ...nothing,
    bootCommands: commandsOf(bootcmd),
    runCommands: commandsOf(runcmd),
    files: listOf(files).flatMap(fileOf),
    scriptsRun: listOf(modules).some(runsAlways) ? 'always' : 'once',
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** `[scripts-user, always]`: the way to have a script run at every start. */
function runsAlways(module: unknown): boolean {
  const [name, frequency] = listOf(module);
  return name === 'scripts-user' && frequency === 'always';
}

/** A text goes to the shell as it is; a list is a command and its arguments, each by itself. */
function commandsOf(list: unknown): readonly string[] {
  return listOf(list).map((command) =>
    Array.isArray(command) ? command.map((word) => shellWord(String(word))).join(' ') : String(command),
  );
}

function fileOf(value: unknown): readonly WrittenFile[] {
  if (typeof value !== 'object' || value === null) return [];
  const { path, content = '', encoding, permissions, append } = value as Readonly<Record<string, unknown>>;
  if (typeof path !== 'string' || !path.startsWith('/')) return [];
  return [
    {
      path,
      content: String(content),
      encoding: encoding === 'b64' || encoding === 'base64' ? 'base64' : 'text',
      permissions: /^[0-7]{3,4}$/.test(String(permissions)) ? String(permissions) : '0644',
      isAppended: append === true,
    },
  ];
}
