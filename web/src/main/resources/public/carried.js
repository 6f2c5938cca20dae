// What one view hands to another within the page: an answer that the service does not keep. A reload forgets it.

export const carried = { run: null };
