import { enableCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';

// Nearly everything here dies young, and V8 keeps what its heap once grew to: 430 MB resident after 5,000 mentions instead of 240, and no faster.
// Set before anything else is loaded; unlike --max-semi-space-size both flags are obeyed by a running V8.
setFlagsFromString('--semi-space-growth-factor=1');
setFlagsFromString('--heap-growing-percent=30');
// A second start takes 0.2 s less.
enableCompileCache();

const { runCommand } = await import('./cli/index.ts');
// The embedded Redis keeps timers of clients that have gone; everything of ours is closed by now.
process.exit(await runCommand());
