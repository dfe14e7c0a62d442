import { describe, expect, it } from 'vitest';
import { type ShellState, startState } from './protocol.ts';
import { Shell } from './shell.ts';

const never = new AbortController().signal;

async function session(lines: readonly string[], shell = new Shell([], startState), start: ShellState = startState) {
  await shell.fs.mkdir('/home/learner', { recursive: true });
  await shell.fs.mkdir('/tmp', { recursive: true });
  let state = start;
  let stdout = '';
  let stderr = '';
  for (const line of lines) {
    const result = await shell.run(line, state, never);
    state = result.state;
    stdout += result.output.stdout;
    stderr += result.output.stderr;
  }
  return { state, stdout, stderr, shell };
}

describe('a shell', () => {
  it('keeps directory and variables from one command to the next', async () => {
    const { stdout, state } = await session(['cd /tmp', 'X=1; export Y=2', 'echo $PWD $X $Y']);
    expect(stdout).toBe('/tmp 1 2\n');
    expect(state.directory).toBe('/tmp');
    expect(state.exported).toContain('Y');
    expect(state.exported).not.toContain('X');
  });

  it('keeps the exit code', async () => {
    expect((await session(['false', 'echo $?', 'echo $?'])).stdout).toBe('1\n0\n');
  });

  it('keeps functions, without changing how their line ended', async () => {
    const { stdout, state } = await session(['greet() { echo "hi $1"; }; false', 'greet you']);
    expect(stdout).toBe('hi you\n');
    expect((await session(['f() { return 3; }; f'])).state.exitCode).toBe(3);
    expect(Object.keys(state.variables).filter((name) => name.startsWith('__'))).toEqual([]);
  });

  it('goes on in another worker where the last one stopped', async () => {
    const { state } = await session(['export AWS_PROFILE=bea; f() { echo again; }; cd /tmp']);
    const after = await session(['f; export -p | grep AWS_PROFILE; pwd'], new Shell([], state), state);
    expect(after.stdout).toContain('again\n');
    expect(after.stdout).toContain('AWS_PROFILE="bea"');
    expect(after.stdout).toContain('/tmp\n');
  });

  it('keeps here-documents as they were typed', async () => {
    const { stdout } = await session(['cat > p.json <<\'EOF\'\n{\n  "a": 1\n}\nEOF', 'cat p.json']);
    expect(stdout).toBe('{\n  "a": 1\n}\n');
  });

  it('says of a program that it does not have what any shell says', async () => {
    expect((await session(['python3 -V'])).stderr).toBe('bash: python3: command not found\n');
  });

  it('stops an endless loop by itself', async () => {
    const { stderr, state } = await session(['while true; do :; done']);
    expect(stderr).toContain('too many');
    expect(stderr).not.toContain('executionLimits');
    expect(state.exitCode).not.toBe(0);
  });

  it('answers a fault of aws with the CLI’s exit code', async () => {
    const { stderr, state } = await session(['aws nonsense']);
    expect(stderr).toContain('Invalid choice');
    expect(state.exitCode).toBe(252);
  });
});
