// twitter-text brings no types; this is what is used of it.
declare module 'twitter-text' {
  type Indices = readonly [start: number, end: number];
  /** One of these names is there: which one says what was found. */
  interface Entity { readonly indices: Indices; readonly url?: string; readonly screenName?: string; readonly hashtag?: string; readonly cashtag?: string }
  const text: {
    parseTweet(text: string): { readonly weightedLength: number; readonly validRangeEnd: number };
    /** In the order of the text, without overlaps; bare domains are links. */
    extractEntitiesWithIndices(text: string): readonly Entity[];
  };
  export default text;
}
