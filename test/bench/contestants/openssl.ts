import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { opensslProgram } from '../protocol/openssl.ts';
import { serve } from '../protocol/serve.ts';

void serve({
  smime({ folder }) {
    const file = join(folder, 'openssl.eml');
    const { command, args } = opensslProgram(folder, file);
    return () => {
      const { status, stderr } = spawnSync(command, args);
      if (status !== 0) throw new Error(stderr.toString());
      return { file, bytes: statSync(file).size };
    };
  },
});
