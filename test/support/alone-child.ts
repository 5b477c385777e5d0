// In place of the program that runs one mention alone: ends as the mention's id says, or never.
process.on('message', (said: { readonly ref?: { readonly id: string } }) => {
  if (said.ref?.id.startsWith('SIG')) process.kill(process.pid, said.ref.id);
  if (said.ref?.id === 'exit') process.exit(3);
});
