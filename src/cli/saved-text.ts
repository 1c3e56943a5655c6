/** What is told of a saved snapshot, to a person or a program. */
import type { ReadSnapshot } from '../recovery/saved-file.ts';
import { generationText } from '../recovery/report-text.ts';

export function savedText(path: string, { origin, header, fileBytes, state }: ReadSnapshot, asJson: boolean): string {
  const { clusterId, generation, takenFrom, version, takenAtMs } = origin;
  const { index, term, configuration } = header.base;
  const takenAt = new Date(takenAtMs).toISOString();
  const { keys, dataBytes, stateHash } = state;
  const { featureLevel } = header;
  if (asJson) {
    const members = configuration.members;
    const told = { file: path, fileBytes, clusterId, generation, takenFrom, takenAt, version, index, term, featureLevel };
    return `${JSON.stringify({ ...told, keys, dataBytes, stateHash, members }, null, 2)}\n`;
  }
  const members = configuration.members.map(({ name, id }) => `${name}=${id}`).join(', ');
  const rows = [
    ['file', `${path}, ${fileBytes} bytes, every one verified`],
    ['cluster', `${clusterId}, generation ${generationText(generation)}`],
    ['taken', `at ${takenAt} from ${takenFrom} (version ${version})`],
    ['log', `everything through index ${index} of term ${term}, feature level ${featureLevel}`],
    ['data', `${keys} keys, ${dataBytes} bytes, state hash ${stateHash}`],
    ['members', members],
  ];
  return rows.map(([name = '', value = '']) => `${name.padEnd(8)} ${value}\n`).join('');
}
