// In place of the program that runs one mention alone: ends or fails as the mention's id says, or never.
process.on('message', (said: { readonly ref?: { readonly id: string } }) => {
  if (said.ref?.id.startsWith('SIG')) process.kill(process.pid, said.ref.id);
  if (said.ref?.id === 'exit') process.exit(3);
  if (said.ref?.id === 'fails') process.send?.({ failed: 'Error: mastodon.example said 503\n    at somewhere' });
});
