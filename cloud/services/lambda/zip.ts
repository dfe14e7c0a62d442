/** Deployment packages as they come in: that they are zip files, and what they would unpack to. */
import { unzipSync } from 'fflate';
import { invalidParameter } from './errors.ts';
import { lambdaLimits } from './limits.ts';

/**
 * Reads the directory of a zip file; nothing is unpacked.
 * @throws InvalidParameterValueException for what is no zip file, has too many entries, or says that it unpacks to too much
 */
export function checkZip(bytes: Uint8Array): void {
  let unzipped = 0;
  let entries = 0;
  try {
    unzipSync(bytes, {
      filter({ originalSize }) {
        unzipped += originalSize;
        entries += 1;
        if (entries > lambdaLimits.zipEntries || unzipped > lambdaLimits.unzippedBytes) throw new TooLarge();
        return false;
      },
    });
  } catch (error) {
    if (error instanceof TooLarge) {
      throw invalidParameter(`Unzipped size must be smaller than ${lambdaLimits.unzippedBytes} bytes`);
    }
    throw unreadable();
  }
  if (entries === 0) throw unreadable();
}

class TooLarge extends Error {}

function unreadable() {
  return invalidParameter('Could not unzip uploaded file. Please check your file, then try to upload again.');
}
