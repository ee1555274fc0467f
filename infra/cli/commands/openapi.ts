import type { Command } from '../command.ts';
import { needed, readArgs, writeOutput } from '../command-line.ts';
import { openApiDocument } from '../openapi/document.ts';

export const openApiCommand: Command = {
  usage: 'openapi --out FILE',
  does: 'Writes the OpenAPI 3.1 document of the HTTP API, as GET /v1/openapi.json answers it.',

  async run(args) {
    const { values } = readArgs(args, { out: { type: 'string' } });
    const file = needed(values.out, 'a file with --out');
    const document = openApiDocument();
    await writeOutput(file, `${JSON.stringify(document)}\n`);
    const operations = Object.values(document.paths).flatMap((path) => Object.keys(path)).length;
    return {
      ok: true,
      lines: [],
      json: { file, operations },
      summary: `${operations} operations written to ${file}`,
    };
  },
};
