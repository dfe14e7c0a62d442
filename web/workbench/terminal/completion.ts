import type { InMemoryFs } from 'just-bash/browser';
import { completions } from '../../../shell/completions.ts';
import { awsEnvironment } from './aws-environment.ts';
import { wordsOf } from './completion-text.ts';
import type { Completion, ShellState } from './protocol.ts';

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
  text: string,
  state: Pick<ShellState, 'directory' | 'variables'>,
): Promise<Completion> {
  const { directory, variables } = state;
  const words = wordsOf(text);
  const typed = words.at(-1) ?? '';
  const all =
    words.length <= 1 && !typed.includes('/')
      ? commands
      : words[0] === 'aws' && !/^(?:fileb?:\/\/|[./~])/.test(typed)
        ? await completions(words.slice(1), awsEnvironment({ fs, directory, variables }))
        : await fileCandidates(fs, directory, typed);
  // Where `aws` takes no word of its own, it takes a file.
  const found = all.length > 0 ? all : await fileCandidates(fs, directory, typed);
  const candidates = [...new Set(found)].filter((word) => word.startsWith(typed)).sort();
  return { candidates, from: text.length - typed.length };
}
