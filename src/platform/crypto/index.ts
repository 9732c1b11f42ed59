export { KeyRing, loadKeyRing, newKeyFile, writeKeyFile, type BlindIndexPurpose } from './key-ring';
