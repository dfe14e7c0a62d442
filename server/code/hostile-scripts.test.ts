/** Scripts that mean harm: each is contained within two seconds of processor time, and reaches nothing but its sandbox. */
import { afterAll, describe, expect, it, test } from 'vitest';
import type { RunResult } from '../../cloud/process.ts';
import { shellLimits } from './limits.ts';
import { ShellRunner } from './shell-runner.ts';

const reached: string[] = [];
let disk: Uint8Array | undefined;
const runner = new ShellRunner({
  readBlob: async () => disk ?? new Uint8Array(),
  gatewayUrl: 'http://127.0.0.1:4566',
  gateway: {
    answer: async ({ target, headers }) => {
      reached.push(`${headers.find(([name]) => name === 'host')?.[1]}${target}`);
      return { status: 200, headers: {}, body: new Uint8Array() };
    },
  },
  metadata: async ({ path }) => {
    reached.push(path);
    return { kind: 'answered', status: 200, headers: {}, body: new Uint8Array() };
  },
});
afterAll(() => runner.close());

function run(script: string, more: object = {}): Promise<RunResult> {
  return runner.run(
    {
      kind: 'shell',
      accountId: '111122223333',
      region: 'us-east-1',
      instanceId: 'i-00000000000000001',
      hostName: 'ip-172-31-0-4.ec2.internal',
      user: 'root',
      directory: '/root',
      variables: {},
      script,
      timeoutMilliseconds: 10_000,
      ...more,
    },
    'sandbox',
  );
}

/** What a script that is well gets. */
async function expectOrder() {
  expect(await run('echo $((1 + 1)); ls /root')).toMatchObject({ kind: 'finished', output: '2\n', exitCode: 0 });
}

const told = (result: RunResult) => (result.kind === 'finished' ? `${result.output}${result.log}` : result.kind);

describe('is contained', () => {
  test.each<[string, string, RegExp]>([
    ['an endless loop', 'while :; do :; done', /too many|timed-out/],
    ['an endless loop that waits', 'while :; do sleep 1; done', /timed-out/],
    ['a fork bomb', ':(){ :|:& };:', /recursion depth|timed-out/],
    ['shells within shells', `echo 'bash /tmp/s' > /tmp/s; bash /tmp/s`, /exceeded|too many|timed-out/],
    ['endless recursion', 'f() { f; }; f', /recursion depth|timed-out/],
    ['brackets without end', `echo $(printf '(%.0s' {1..20000})`, /\(|exceeded|timed-out/],
    ['a string of 1 GB', 'a=aaaaaaaaaaaaaaaa; while :; do a=$a$a; done', /string length limit|timed-out/],
    [
      'output without end',
      'while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done',
      /too many|exceeded/,
    ],
    [
      'a huge file',
      'a=$(seq 1 20000); for i in {1..200}; do echo "$a" >> /tmp/big; done',
      /space|exceeded|limit|timed-out/i,
    ],
    ['a program in awk that never ends', `awk 'BEGIN { while (1) {} }'`, /exceeded/],
    ['a program in jq that never ends', `jq -n 'def f: f; f, [range(1e9)] | length'`, /limit|call stack|timed-out/],
    ['a pattern that never ends', `[[ ${'a'.repeat(40)}b =~ ^(a+)+$ ]]; echo over`, /over|timed-out/],
    ['a range without end', 'echo {1..1000000000} | wc -w', /\d+|exceeded|timed-out/],
  ])('%s', async (_what, script, wanted) => {
    expect(told(await run(script, { timeoutMilliseconds: 3_000 }))).toMatch(wanted);
    await expectOrder();
  });

  it('more files than a host keeps', async () => {
    const result = await run(`for i in {1..${shellLimits.diskEntries + 10}}; do : > /tmp/f$i; done`);
    expect(result).toMatchObject({ kind: 'finished', log: expect.stringContaining('No space left on device') });
    expect(result.kind === 'finished' && result.host?.disk).toBeUndefined();
  });

  it('a session that does not fit: it goes on where it was', async () => {
    const first = await run('cd /tmp; kept=1');
    const session = first.kind === 'finished' ? first.host?.session : undefined;
    const large = await run('cd /opt; a=$(seq 1 9000)', { session });
    expect(large).toMatchObject({ log: expect.stringContaining('are not kept') });
    const after = await run('echo $kept ${#a} $PWD', { session: large.kind === 'finished' && large.host?.session });
    expect(told(after)).toBe('1 0 /opt\n');
  });

  test.each([
    'rm -rf /usr /bin /proc /dev /etc /root /tmp',
    'rm -rf /usr /tmp; ln -s /nowhere /usr; ln -s /tmp /tmp',
    'chmod 000 / /usr /tmp /root; echo x > /root/f; chmod 000 /root/f',
    'rm -rf /root /tmp; echo x > /root; echo x > /tmp',
    'ln -s / /loop; ln -s a /b; ln -s b /a; ln /etc/passwd /hard',
    'mkdir -p /usr/bin/x /bin/y /proc/z; echo x > /usr/bin/aws; echo x > /bin/bash',
    "mkdir -p '/a b/c\nd'; echo x > '/a b/__proto__'; echo x > /constructor; touch '/\xff'",
  ])('a disk that was spoilt: %s', async (script) => {
    const spoilt = await run(`${script}; echo spoilt`);
    expect(told(spoilt)).toContain('spoilt\n');
    disk = spoilt.kind === 'finished' ? spoilt.host?.disk : undefined;
    expect(disk).toBeDefined();
    const after = await run('echo $((1 + 1)); cd /; curl -s http://169.254.169.254/; aws --version', {
      disk: { digest: 'd', size: 1 },
    });
    disk = undefined;
    expect(told(after)).toMatch(/^2\naws-cli/);
  });

  it('requests without end', async () => {
    reached.length = 0;
    const result = await run(
      'for i in {1..600}; do curl -s http://169.254.169.254/ || echo refused; done | sort | uniq -c',
    );
    expect(reached.length).toBeLessThanOrEqual(shellLimits.questions);
    expect(told(result)).toMatch(/ refused|timed-out/);
  });
});

describe('reaches', () => {
  test.each([
    ['another host', 'http://example.com/'],
    ['an address', 'http://10.0.0.1/'],
    ['the API of the server', 'http://127.0.0.1:3000/api/attempts'],
    ['the API by its name', 'http://localhost:3000/'],
    ['the database', 'http://127.0.0.1:5432/'],
    ['another port of the gateway', 'http://127.0.0.1:4567/'],
    ['what looks like the gateway', 'http://127.0.0.1:4566.example.com/'],
    ['what has the gateway for a user', 'http://127.0.0.1:4566@example.com/'],
    ['what only ends like AWS', 'http://evilamazonaws.com/'],
    ['the metadata service by another port', 'http://169.254.169.254:8080/latest/meta-data/'],
    ['a file', 'file:///etc/passwd'],
    ['a number that is an address', 'http://2130706433:3000/'],
    ['an address in IPv6', 'http://[::1]:3000/'],
  ])('not %s', async (_what, url) => {
    reached.length = 0;
    const result = await run(`curl -sS '${url}'; echo "<$?>"`);
    expect(told(result)).toMatch(/<[1-9]\d*>/);
    expect(reached).toEqual([]);
  });

  it('no file and no program of the machine', async () => {
    const result = await run(
      `cat /etc/shadow '${process.cwd()}/package.json' /proc/1/environ; ls '${process.cwd()}' /home; node -e 1; js-exec -c 1; python3 -c 1; sqlite3 :memory:; echo end`,
    );
    expect(told(result)).toMatch(/end\n/);
    expect(told(result)).not.toMatch(/leastwise"|root:\*|PATH=.*node/);
    expect(result.kind === 'finished' && result.output).toBe('ec2-user\nssm-user\nend\n'.replace('ec2', '/home:\nec2'));
  });

  it('nothing of another script’s, whatever that one left', async () => {
    await run(
      `export __proto__=1 constructor=2; touch /tmp/__proto__ /tmp/constructor; declare -A a; a[__proto__]=x; echo '{"__proto__":{"polluted":1}}' | jq .`,
    );
    disk = undefined;
    expect(told(await run('echo "[$polluted]"; ls /tmp; jq -n "{}.polluted"'))).toBe('[]\nnull\n');
  });
});
