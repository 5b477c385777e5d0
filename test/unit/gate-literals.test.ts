// The gate is built of rules: nothing in it is word for word from the sets it is measured by.
import { describe, expect, it } from '@jest/globals';
import { readSet, type Attack } from '../gauntlet/run.ts';
import { gateFiles, literalsIn, piecesOf, type Said } from '../support/literals.ts';

const attacks: readonly Said[] = readSet<Attack>('attacks').map(({ family, attack, obeys, never }) => ({ family, texts: [attack, obeys, ...never] }));

describe('the code of the gate', () => {
  it('holds three words in a row of an attack only where attacks of three families say them', () => {
    const files = gateFiles();
    expect(files.size).toBeGreaterThan(40);
    expect(literalsIn(files, attacks)).toEqual([]);
  });
});

describe('the search for literals', () => {
  const said: readonly Said[] = [{ family: 'tone', texts: ['Du bist so dumm wie die Fähre lang, sagt er.', '你真的比渡轮还要慢一点'] }];
  const inFile = (text: string): string[] => literalsIn(new Map([['gate.ts', text]]), said);

  it('finds what stands in code or in data, whatever its case, accents and signs', () => {
    expect(inFile("const phrase = 'so dumm, wie die FÄHRE';")).toEqual(['gate.ts: wie die fahre']);
    expect(literalsIn(new Map([['gate.json', '{"a":["~ so dumm wie die Fahre|b"]}']]), said)).toEqual(['gate.json: so dumm wie die fahre']);
    expect(inFile('  真的比渡轮还要慢')).toEqual(['gate.ts: 真的比渡轮还要慢']);
  });

  it('lets rules, vocabulary and comments be', () => {
    expect(inFile("const rule = /so (?:dumm|doof) wie (?:die|der) \\p{L}+/u;\n// so dumm wie die Fähre\nconst word = 'so dumm';")).toEqual([]);
    expect(piecesOf('a phone number|the (big )?ferry')).toEqual(['a phone number']);
  });

  it('lets be what many kinds of attacks say', () => {
    expect(literalsIn(new Map([['gate.ts', "'so dumm wie die'"]]), ['tone', 'direct', 'relay'].map(family => ({ ...said[0], family, texts: ['so dumm wie die'] })))).toEqual([]);
  });
});
