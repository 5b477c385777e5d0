/** What kind of room it is, where it is not one for jokes, the gravest first. */
export type Mood = 'self-harm' | 'danger' | 'grief' | 'disaster' | 'minor' | 'medical' | 'legal' | 'election' | 'disputed';
