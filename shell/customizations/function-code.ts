/**
 * `--zip-file`: the bytes of a function or a layer, with `fileb://`.
 * https://docs.aws.amazon.com/cli/latest/reference/lambda/create-function.html
 */
import { parameterFault } from '../faults.ts';
import { readParamFile } from '../parameters/param-file.ts';
import { isMap, type Value } from '../value.ts';
import { type Customization, textOf } from './customization.ts';

/** The end of a zip file's directory is 22 bytes, a comment of at most 65535, and starts so (APPNOTE.TXT 4.3.16). */
const END_OF_DIRECTORY = [0x50, 0x4b, 0x05, 0x06];
const END_LENGTH = 22;
const MOST_COMMENT = 65_535;

function isZip(bytes: Uint8Array): boolean {
  const last = bytes.length - END_LENGTH;
  for (let at = last; at >= Math.max(0, last - MOST_COMMENT); at -= 1) {
    if (END_OF_DIRECTORY.every((byte, offset) => bytes[at + offset] === byte)) return true;
  }
  return false;
}

function zipBytes(value: Value | undefined): Uint8Array {
  if (value instanceof Uint8Array && isZip(value)) return value;
  throw parameterFault(
    '--zip-file must be a zip file with the fileb:// prefix.\nExample usage:  --zip-file fileb://path/to/file.zip',
  );
}

/** The operation has the bytes inside of the structure `member`, whose option may not hold them. */
function zipInside(member: string): Customization {
  const option = member.toLowerCase();
  return {
    options: [{ name: '--zip-file', count: 'one' }],
    optional: [option],
    complete: async (environment, parsed, parameters) => {
      const structure = parameters[member];
      if (parsed.values.has(option) && isMap(structure) && Object.hasOwn(structure, 'ZipFile')) {
        throw parameterFault(
          `ZipFile cannot be provided as part of the --${option} argument.  Please use the '--zip-file' option instead ` +
            'to specify a zip file.',
        );
      }
      const given = textOf(parsed, 'zip-file');
      if (given === undefined) return parameters;
      const bytes = zipBytes(await readParamFile(environment, '--zip-file', given));
      return { ...parameters, [member]: { ...(isMap(structure) && structure), ZipFile: bytes } };
    },
  };
}

export const createFunction: Customization = zipInside('Code');

export const publishLayerVersion: Customization = zipInside('Content');

export const updateFunctionCode: Customization = {
  options: [],
  complete: (_, parsed, parameters) => {
    if (parsed.values.has('zip-file')) zipBytes(parameters['ZipFile']);
    return parameters;
  },
};
