import { spawn } from 'node:child_process';

/** Milliseconds that it may take to put its files in order. */
const PATIENCE = 5_000;

/**
 * Runs a command for as long as the process that started this one holds the other end of stdin: also a killed parent leaves nothing behind.
 * The first line on stdout is the command's process id.
 */
const [command = '', ...options] = process.argv.slice(2);
const child = spawn(command, options, { stdio: ['ignore', 'inherit', 'inherit'] });
process.stdout.write(`${child.pid ?? ''}\n`);
child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
child.on('exit', (code) => process.exit(code ?? 1));
process.stdin
  .on('end', () => {
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), PATIENCE);
  })
  .resume();
