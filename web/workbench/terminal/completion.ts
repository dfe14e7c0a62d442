import type { InMemoryFs } from 'just-bash/browser';
import { GLOBAL_OPTIONS } from '../../../shell/globals.ts';
import { DESCRIBED_SERVICES, loadDescription } from '../../../shell/service-description.ts';
import { wordsOf } from './completion-text.ts';
import type { Completion } from './protocol.ts';

const s3Commands = ['cp', 'ls', 'mb', 'mv', 'presign', 'rb', 'rm', 'sync'];
const configureCommands = ['get', 'list', 'list-profiles', 'set'];

/** What `aws` takes at the place after these words. `profiles` are the names in ~/.aws. */
export async function awsCandidates(words: readonly string[], profiles: readonly string[]): Promise<string[]> {
  const typed = words.at(-1) ?? '';
  const previous = words.at(-2);
  if (previous === '--profile') return [...profiles];
  if (previous === '--output') return ['json', 'text', 'table', 'yaml'];
  const [service, operation] = words.slice(1, -1).filter((word) => !word.startsWith('-'));
  const globals = GLOBAL_OPTIONS.map((option) => option.name);
  if (service === undefined)
    return typed.startsWith('-') ? globals : [...DESCRIBED_SERVICES, 's3', 'configure', 'help'];
  if (service === 's3') return operation === undefined ? s3Commands : typed.startsWith('-') ? globals : [];
  if (service === 'configure') return operation === undefined ? configureCommands : [];
  const description = await loadDescription(service);
  if (!description) return [];
  if (operation === undefined) return [...Object.keys(description.operations), 'wait'];
  if (!typed.startsWith('-')) return [];
  const options = Object.keys(description.operations[operation]?.options ?? {}).map((name) => `--${name}`);
  return [...options, '--cli-input-json', '--generate-cli-skeleton', ...globals];
}

/** Files below the directory that the typed word names, directories with a slash at their end. */
export async function fileCandidates(fs: InMemoryFs, directory: string, typed: string): Promise<string[]> {
  const prefix = /^(?:file|fileb):\/\//.exec(typed)?.[0] ?? '';
  const path = typed.slice(prefix.length);
  const parent = path.slice(0, path.lastIndexOf('/') + 1);
  const place = fs.resolvePath(directory, parent.replace(/^~(?=\/)/, '/home/learner') || '.');
  if (!(await fs.exists(place)) || !(await fs.stat(place)).isDirectory) return [];
  const hidden = path.slice(parent.length).startsWith('.');
  const entries = await fs.readdirWithFileTypes(place);
  return entries
    .filter((entry) => hidden || !entry.name.startsWith('.'))
    .map((entry) => `${prefix}${parent}${entry.name}${entry.isDirectory ? '/' : ''}`);
}

/** What can stand in place of the word before the cursor; `text` is the line up to it. */
export async function complete(
  fs: InMemoryFs,
  commands: readonly string[],
  profiles: readonly string[],
  text: string,
  directory: string,
): Promise<Completion> {
  const words = wordsOf(text);
  const typed = words.at(-1) ?? '';
  const all =
    words.length <= 1 && !typed.includes('/')
      ? commands
      : words[0] === 'aws' && !/^(?:fileb?:\/\/|[./~])/.test(typed)
        ? await awsCandidates(words, profiles)
        : await fileCandidates(fs, directory, typed);
  // Where `aws` takes no word of its own, it takes a file.
  const found = all.length > 0 ? all : await fileCandidates(fs, directory, typed);
  const candidates = [...new Set(found)].filter((word) => word.startsWith(typed)).sort();
  return { candidates, from: text.length - typed.length };
}
