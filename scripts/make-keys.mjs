// Makes the secret keys of one installation:  node scripts/make-keys.mjs <file>, or `-` for standard output.
// Refuses to overwrite a file, since fields encrypted under lost keys cannot be read again.
import { createRequire } from 'node:module';

const target = process.argv[2];
const { newKeyFile, writeKeyFile } = createRequire(import.meta.url)('../dist/src/platform/crypto/key-ring.js');

if (target === undefined) {
  console.error('用法：node scripts/make-keys.mjs <密钥文件>  (Usage: node scripts/make-keys.mjs <file>)');
  process.exit(1);
} else if (target === '-') {
  console.log(JSON.stringify(newKeyFile(), null, 2));
} else {
  try {
    writeKeyFile(target, newKeyFile());
  } catch (error) {
    if (error.code !== 'EEXIST') {
      throw error;
    }
    console.error(`${target} 已存在，未作改动。  (It exists already and was left alone.)`);
    process.exit(1);
  }
}
