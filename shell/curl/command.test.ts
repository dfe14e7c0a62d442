/** What is expected here is what curl 7.88.1 did on the same command lines, but for its progress meter. */
import { describe, expect, it, test } from 'vitest';
import { type HttpRequest, type HttpResponse, Unreachable } from '../environment.ts';
import { MemoryFiles, SandboxShell } from '../testing/sandbox-shell.ts';
import { runCurl } from './command.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (body: Uint8Array | undefined) => new TextDecoder().decode(body);
const host = 'http://sandbox.test';

/** Tells what it was asked. */
function answerTo({ method, url, headers, body }: HttpRequest): HttpResponse {
  const path = url.slice(host.length);
  if (!url.startsWith(host)) throw new Unreachable(url.includes('//10.') ? 'refused' : 'no-such-host');
  if (path === '/redirect') return { status: 302, headers: { location: '/to?x=1' }, body: bytes('moved') };
  if (path === '/loop') return { status: 301, headers: { location: '/loop' }, body: bytes('') };
  const said = method === 'HEAD' ? '' : `${method} ${path} ${JSON.stringify(headers)} ${JSON.stringify(text(body))}\n`;
  return { status: path === '/404' ? 404 : 200, headers: { 'content-type': 'text/plain' }, body: bytes(said) };
}

async function curl(...words: readonly string[]) {
  const files = new MemoryFiles();
  files.files.set('/home/learner/file', bytes('line 1\nline 2\n'));
  files.files.set('/home/learner/headers', bytes('X-B: 2\nX-C: 3\n'));
  const environment = {
    ...new SandboxShell().environment,
    files,
    stdin: bytes('piped'),
    send: async (request: HttpRequest) => answerTo(request),
  };
  const { stdout, stderr, exitCode } = await runCurl(words, environment);
  return { stdout: text(stdout), stderr, exitCode, files };
}

const plain = '{"user-agent":"curl/7.88.1","accept":"*/*"}';
const form = '{"user-agent":"curl/7.88.1","accept":"*/*","content-type":"application/x-www-form-urlencoded"}';

describe('a request', () => {
  test.each([
    [['sandbox.test/x?a=1#f'], `GET /x?a=1 ${plain} ""`],
    [['sandbox.test/a/../b/./c'], `GET /b/c ${plain} ""`],
    [['--path-as-is', 'sandbox.test/a/../b'], `GET /a/../b ${plain} ""`],
    [['-X', 'DELETE', 'sandbox.test'], `DELETE / ${plain} ""`],
    [['-d', 'a=1', '-db=2', 'sandbox.test'], `POST / ${form} "a=1&b=2"`],
    [['-d', '@file', 'sandbox.test'], `POST / ${form} "line 1line 2"`],
    [['--data-binary', '@file', 'sandbox.test'], `POST / ${form} "line 1\\nline 2\\n"`],
    [['--data-binary', '@-', 'sandbox.test'], `POST / ${form} "piped"`],
    [['--data-raw', '@file', 'sandbox.test'], `POST / ${form} "@file"`],
    [
      ['--data-urlencode', 'a=b c&d', '--data-urlencode', 'plain x', 'sandbox.test'],
      `POST / ${form} "a=b+c%26d&plain+x"`,
    ],
    [['-G', '-d', 'a=1', '-d', 'b', 'sandbox.test/x?z=1'], `GET /x?z=1&a=1&b ${plain} ""`],
    [['-T', 'file', 'sandbox.test/put'], `PUT /put ${plain} "line 1\\nline 2\\n"`],
    [
      ['-H', 'Accept:', '-H', 'User-Agent: me', '-H', '@headers', 'sandbox.test'],
      'GET / {"User-Agent":"me","X-B":"2","X-C":"3"} ""',
    ],
    [
      ['-u', 'me:pw', '-H', 'User-Agent:', '-H', 'Accept:', 'sandbox.test'],
      'GET / {"authorization":"Basic bWU6cHc="} ""',
    ],
    [['-L', 'sandbox.test/redirect'], `GET /to?x=1 ${plain} ""`],
    [['-L', '-d', 'x=1', 'sandbox.test/redirect'], `GET /to?x=1 ${plain} ""`],
  ])('%j', async (words, wanted) => {
    expect((await curl('-s', ...words)).stdout).toBe(`${wanted}\n`);
  });

  it('is signed by --aws-sigv4', async () => {
    const { stdout } = await curl(
      '-s',
      '--user',
      'AKIA:secret',
      '--aws-sigv4',
      'aws:amz:us-east-1:lambda',
      'sandbox.test/x',
    );
    expect(stdout).toMatch(
      /Credential=AKIA\/\d{8}\/us-east-1\/lambda\/aws4_request, SignedHeaders=accept;host;x-amz-date/,
    );
  });
});

describe('an answer', () => {
  test.each([
    [['-si', 'sandbox.test/404'], /^HTTP\/1\.1 404 Not Found\r\ncontent-type: text\/plain\r\n\r\nGET \/404 /, 0],
    [['-sI', 'sandbox.test/x'], /^HTTP\/1\.1 200 OK\r\ncontent-type: text\/plain\r\n\r\n$/, 0],
    [['-s', 'sandbox.test/redirect'], /^moved$/, 0],
    [['-sf', '-w', '%{http_code}', 'sandbox.test/404'], /^404$/, 22],
    [['-s', '--fail-with-body', 'sandbox.test/404'], /^GET \/404/, 22],
    [
      ['-s', '-o', '/dev/null', '-w', '%{http_code} %{content_type} %{method} %{url_effective}\\n', 'sandbox.test/x'],
      /^200 text\/plain GET http:\/\/sandbox\.test\/x\n$/,
      0,
    ],
    [
      ['-s', '-w', '|%{redirect_url}|%{num_redirects}%%', 'sandbox.test/redirect'],
      /^moved\|http:\/\/sandbox\.test\/to\?x=1\|0%$/,
      0,
    ],
    [['-s', '-D', '-', '-o', '/dev/null', 'sandbox.test/x'], /^HTTP\/1\.1 200 OK\r\n/, 0],
  ])('%j', async (words, wanted, exitCode) => {
    expect(await curl(...words)).toMatchObject({ stdout: expect.stringMatching(wanted), exitCode });
  });

  it('goes to a file', async () => {
    const { files, stdout } = await curl('-s', '-o', 'got', 'sandbox.test/x', '-O', 'sandbox.test/name.txt');
    expect(stdout).toBe('');
    expect(text(files.files.get('/home/learner/got'))).toContain('GET /x');
    expect(text(files.files.get('/home/learner/name.txt'))).toContain('GET /name.txt');
  });
});

describe('a fault', () => {
  const hint = "curl: try 'curl --help' or 'curl --manual' for more information\n";
  test.each([
    [['-sS', 'example.com'], 'curl: (6) Could not resolve host: example.com\n', 6],
    [['-s', 'example.com'], '', 6],
    [
      ['http://10.0.0.1:8080/'],
      "curl: (7) Failed to connect to 10.0.0.1 port 8080 after 0 ms: Couldn't connect to server\n",
      7,
    ],
    [['-fsS', 'sandbox.test/404'], 'curl: (22) The requested URL returned error: 404\n', 22],
    [['-L', '--max-redirs', '1', 'sandbox.test/loop'], 'curl: (47) Maximum (1) redirects followed\n', 47],
    [['http://'], 'curl: (3) URL using bad/illegal format or missing URL\n', 3],
    [['http://a b/'], 'curl: (3) URL using bad/illegal format or missing URL\n', 3],
    [['gopher://x'], 'curl: (1) Protocol "gopher" not supported or disabled in libcurl\n', 1],
    [[], `curl: no URL specified!\n${hint}`, 2],
    [['--nope', 'x'], `curl: option --nope: is unknown\n${hint}`, 2],
    [['-o'], `curl: option -o: requires parameter\n${hint}`, 2],
    [['-d', '@no', 'sandbox.test'], 'Warning: Couldn\'t read data from file "no", this makes an empty POST.\n', 0],
    [['-s', '-o', '/no/where', 'sandbox.test'], '', 23],
  ])('%j', async (words, stderr, exitCode) => {
    expect(await curl(...words)).toMatchObject({ stderr, exitCode });
  });
});
