import { expect, test } from 'vitest';
import { placeNotes } from './place-notes.js';

const notes = '**fraud 2.0.0**\n\nWhat changed\n';

test('notes stand between two marks, and placing them again changes nothing', () => {
  const placed = placeNotes(null, notes);
  expect(placed).toMatch(
    /^<!-- weighbridge:notes [^\n]+-->\n\*\*fraud 2.0.0\*\*\n\nWhat changed\n<!-- \/weighbridge:notes -->$/,
  );
  expect(placeNotes(placed, notes)).toBe(placed);
  expect(placeNotes(placed, 'Other')).toMatch(/-->\nOther\n<!--/);
  expect(placeNotes('', notes)).toBe(placed);
});

test('what people wrote above and below stays', () => {
  const placed = placeNotes('Our words.\n\n', notes);
  expect(placed.startsWith('Our words.\n\n<!-- weighbridge:notes')).toBe(true);
  const amended = `${placed}\n\nMore words.`;
  expect(placeNotes(amended, notes)).toBe(amended);
  expect(placeNotes(amended, 'Other')).toMatch(/^Our words\.\n\n<!--[^\n]+\nOther\n<!--[^\n]+\n\nMore words\.$/);
});

test('a mark whose end somebody deleted is text like any other', () => {
  const broken = '<!-- weighbridge:notes -->\nhalf';
  expect(placeNotes(broken, notes).startsWith(`${broken}\n\n<!-- weighbridge:notes`)).toBe(true);
});

test('long notes are cut at a line and say so', () => {
  const long = placeNotes('Ours.', 'a line of notes\n'.repeat(10_000));
  expect(long.length).toBeLessThan(121_000);
  expect(long).toContain('a line of notes\n\nThe rest is in the model card.\n<!-- /weighbridge:notes -->');
});
