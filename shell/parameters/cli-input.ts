/** `--cli-input-json` and `--cli-input-yaml`: all parameters in one document. */
import type { ParsedArguments } from '../argument-parser.ts';
import type { AwsEnvironment } from '../environment.ts';
import { parameterFault, parsingFault } from '../faults.ts';
import { JsonFault, parseJson } from '../python/json.ts';
import { pythonType } from '../python/text.ts';
import { isMap, type Value, type ValueMap } from '../value.ts';
import { readParamFile } from './param-file.ts';

async function load(name: string, text: string): Promise<Value> {
  if (name === 'cli-input-json') {
    try {
      return parseJson(text);
    } catch (fault) {
      if (fault instanceof JsonFault) throw parsingFault(name, 'Invalid JSON received.');
      throw fault;
    }
  }
  // Loaded when it is first needed: the page can do without.
  const { parse } = await import('yaml');
  try {
    return parse(text) as Value;
  } catch {
    throw parsingFault(name, 'Invalid YAML received.');
  }
}

/** The parameters of the document; none where neither option is given. Throws the CLI's faults. */
export async function cliInput(environment: AwsEnvironment, parsed: ParsedArguments): Promise<ValueMap> {
  const given = ['cli-input-json', 'cli-input-yaml'].filter((name) => parsed.values.has(name));
  const [name] = given;
  if (name === undefined) return {};
  if (given.length > 1) throw parameterFault('Only one --cli-input- parameter may be specified.');
  const value = parsed.values.get(name);
  const word = typeof value === 'string' ? value : '';
  const content = (await readParamFile(environment, `--${name}`, word)) ?? word;
  const document = await load(name, typeof content === 'string' ? content : new TextDecoder('utf-8').decode(content));
  if (!isMap(document)) {
    throw parsingFault(`--${name}`, `Invalid type: expecting map, received ${pythonType(document)}`);
  }
  return document;
}
