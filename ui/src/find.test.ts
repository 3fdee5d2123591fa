import { expect, it } from "vitest";

import { prefixDistance } from "./find";
import { Roster, search } from "./roster";
import { personOf } from "./testing";

const people = [
  { name: "Hanne Jensen", department: "Support", number: "+4511223344" },
  { name: "Jens Holm", department: "Sales", number: "+4511223399" },
  { name: "Anna Jensen", number: "17" },
  { name: "Jørgen Dahl", department: "Hall" },
  { name: "Søren Kierkegaard-Vestergaard" },
];
const roster = new Roster();
roster.replace(people.map((person, index) => personOf({ id: `work/${index}`, number: null, ...person })));
const found = (query: string, favourites: string[] = []): string[] =>
  search(roster.sorted, query, new Set(favourites)).map(({ title }) => title);

it("puts who is called so before whose other name is so", () => {
  expect(found("jens")).toEqual(["Jens Holm", "Anna Jensen", "Hanne Jensen"]);
  expect(found("j")[0]).toBe("Jens Holm");
});

it("puts favourites first among those who fit as well", () => {
  expect(found("jens", ["work/0"])).toEqual(["Jens Holm", "Hanne Jensen", "Anna Jensen"]);
});

it("finds by initials, by any words in any order, and by department last", () => {
  expect(found("jh")).toEqual(["Jens Holm"]);
  expect(found("dahl jor")).toEqual(["Jørgen Dahl"]);
  expect(found("ha")).toEqual(["Hanne Jensen", "Jørgen Dahl"]);
  expect(found("jensen support")).toEqual(["Hanne Jensen"]);
});

it("forgives a letter that is wrong, missing, too many or swapped, if nobody is written so", () => {
  for (const typed of ["hane", "hamne", "hannne", "hnane", "hanne jnsen"]) {
    expect(found(typed)[0], typed).toBe("Hanne Jensen");
  }
  expect(found("kirkegaard")).toEqual(["Søren Kierkegaard-Vestergaard"]);
  expect(found("xyz")).toEqual([]);
});

it("puts the whole number before numbers that begin so", () => {
  expect(found("17")).toEqual(["Anna Jensen"]);
  expect(found("1122 3399")).toEqual(["Jens Holm"]);
  expect(found("112233")).toHaveLength(2);
});

it("counts typing errors against what a word begins with, and stops counting early", () => {
  expect(prefixDistance("jor", "jorgen", 1)).toBe(0);
  expect(prefixDistance("ojrgen", "jorgensen", 1)).toBe(1);
  expect(prefixDistance("abcdef", "uvwxyz", 2)).toBe(3);
  expect(prefixDistance("jorgen", "jo", 1)).toBe(2);
});
