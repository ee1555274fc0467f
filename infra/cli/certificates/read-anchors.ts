import { anchorsOf } from '../../../shared/trust/anchors.ts';
import { readCertificate, type Certificate } from '../../../shared/trust/certificate.ts';
import { CommandError } from '../command.ts';
import { readInput } from '../command-line.ts';

/** All certificates of a PEM file, or the one of a DER file. @throws CommandError naming the file */
export const readAnchors = async (file: string): Promise<readonly Certificate[]> =>
  anchorsIn(await readInput(file), file);

/** @param place for the message of the CommandError when there is none, or one that cannot be read */
export function anchorsIn(bytes: Uint8Array, place: string): readonly Certificate[] {
  const anchors = read(bytes);
  if (!anchors) throw new CommandError(`${place} holds no certificate that can be an anchor.`);
  return anchors;
}

function read(bytes: Uint8Array): readonly Certificate[] | undefined {
  const text = Buffer.from(bytes).toString('latin1');
  try {
    if (text.includes('-----BEGIN ')) return anchorsOf({ anchors: [text] });
  } catch {
    return undefined;
  }
  const anchor = readCertificate(bytes);
  return anchor.ok ? [anchor.value] : undefined;
}
