/** What curl prints of an answer beside its body: the status line and headers, and `--write-out`. */
import type { HttpResponse } from '../environment.ts';

/** A transfer that got an answer, or none. */
export interface Transfer {
  readonly url: string;
  readonly method: string;
  readonly redirects: number;
  readonly redirectUrl: string;
  readonly uploaded: number;
  /** Absent where nothing answered. */
  readonly response?: HttpResponse;
  readonly exitCode: number;
  readonly error: string;
  /** Where the body went; empty for standard output. */
  readonly file: string;
}

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  206: 'Partial Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Payload Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

/** The status line and the headers, with the empty line after them. */
export function shownHead({ status, headers }: HttpResponse): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status}${reasons[status] === undefined ? '' : ` ${reasons[status]}`}\r\n${lines.join('')}\r\n`;
}

const seconds = '0.000000';

function variables(transfer: Transfer): Readonly<Record<string, string>> {
  const { response, url, method } = transfer;
  const status = String(response?.status ?? 0).padStart(3, '0');
  return {
    content_type: response?.headers['content-type'] ?? '',
    errormsg: transfer.error,
    exitcode: String(transfer.exitCode),
    filename_effective: transfer.file,
    http_code: status,
    http_version: '1.1',
    method,
    num_redirects: String(transfer.redirects),
    redirect_url: transfer.redirectUrl,
    response_code: status,
    scheme: url.startsWith('https:') ? 'HTTPS' : 'HTTP',
    size_download: String(response?.body.length ?? 0),
    size_upload: String(transfer.uploaded),
    time_connect: seconds,
    time_starttransfer: seconds,
    time_total: seconds,
    url,
    url_effective: url,
  };
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** The text of `--write-out`, filled in; a variable that it does not know is left out, with a warning as curl gives it. */
export function writtenOut(format: string, transfer: Transfer): { readonly text: string; readonly warnings: string } {
  const known = variables(transfer);
  let warnings = '';
  const text = format.replace(/%%|%\{header_json\}|%\{([^}]*)\}|\\(.)/gs, (whole, name?: string, escaped?: string) => {
    if (whole === '%%') return '%';
    if (escaped !== undefined) return escapes[escaped] ?? whole;
    if (name === undefined) {
      const headers = Object.entries(transfer.response?.headers ?? {});
      return JSON.stringify(Object.fromEntries(headers.map(([key, value]) => [key, [value]])));
    }
    if (Object.hasOwn(known, name)) return known[name] ?? '';
    warnings += `curl: unknown --write-out variable: '${name}'\n`;
    return '';
  });
  return { text, warnings };
}
