import { BUILD_VERSION, FEATURE_LEVEL_MAX } from '../shared/build.ts';
import { EXIT_DONE } from './command.ts';
import type { Command } from './command.ts';

export const versionCommand: Command = {
  name: 'version',
  summary: 'print the version and the feature level of this build',
  details: [],
  positionals: [],
  options: {},
  run: async (_given, { stdout }) => {
    stdout.write(`${BUILD_VERSION} (feature level ${FEATURE_LEVEL_MAX})\n`);
    return EXIT_DONE;
  },
};
