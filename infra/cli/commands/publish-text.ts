import { join } from 'node:path';
import { CONFIG, ConfigError, readConfig } from '../../config.ts';
import {
  asPublished,
  type Published,
  readRegister,
  unpublished,
  writeRegister,
} from '../../consent-texts.ts';
import { CommandError, type Command } from '../command.ts';
import { onlyOne, readArgs } from '../command-line.ts';

/** Puts new consent texts on the list of those that never change any more. */
export const publishTextCommand: Command = {
  usage: 'publish-text STAGE [--folder FOLDER]',
  does: 'Publishes the consent texts of a stage that are new: from then on none of their words can change.',
  notes: [
    'STAGE: a file FOLDER/STAGE.json with the name of the data holder, which stands in the texts.',
    '--folder: where the configuration lies, infra/config unless given. The list is consent-texts/published.json in it.',
    'Commit the list with the texts. A deployment whose published texts are not as they were stops.',
  ],

  async run(args) {
    const { values, positionals } = readArgs(args, { folder: { type: 'string', default: CONFIG } });
    const stage = onlyOne(positionals, 'stage');
    const texts = join(values.folder, 'consent-texts');
    const added = inOneLine(() => publish(stage, values.folder, texts));
    const keys = Object.keys(added);
    return {
      ok: true,
      lines: keys.map((key) => `${key} ${added[key]?.sha256} in the name of ${added[key]?.holder}`),
      json: { stage, published: added },
      summary: `${keys.length} published for ${stage}`,
    };
  },
};

/** Reading the configuration refuses what was published and is not as it was. */
function publish(stage: string, folder: string, texts: string): Published {
  const { settings } = readConfig({ stage, folder, texts: 'any' });
  const published = readRegister(texts)[stage] ?? {};
  const fresh = unpublished(settings.consentTexts, published);
  const added: Published = Object.assign(
    {},
    ...fresh.map((each) => asPublished(each, settings.holderName)),
  );
  if (fresh.length > 0) writeRegister(texts, stage, { ...published, ...added });
  return added;
}

function inOneLine<T>(publishing: () => T): T {
  try {
    return publishing();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new CommandError(error.message.replaceAll('\n', ' '));
  }
}
