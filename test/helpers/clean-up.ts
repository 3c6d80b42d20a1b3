import { afterAll } from 'vitest';
import { removeTemporaryDirectories } from './temporary-directory.js';

// Vitest runs this for every test file. Thousands of directories left behind slow down whatever lists /tmp, such as pytest.
afterAll(removeTemporaryDirectories);
