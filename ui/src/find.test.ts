import { expect, it } from "vitest";

import { prefixDistance, queryOf, rank, worst } from "./find";
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

it("finds the same people in the same order however much of the work is left out", () => {
  const first = "Anna Åse Jørgen Søren Hanne Kirsten Bo 渡辺 Zoë Per-Ole".split(" ");
  const last = "Jensen Hansen Holm Kjær Kierkegaard Sørensen Dahl O’Neill".split(" ");
  const places = ["Sales", "Support, Sales", "Østergade & Co", undefined];
  const office = new Roster();
  office.replace(
    Array.from({ length: 400 }, (_, i) => {
      const department = places[i % places.length];
      return personOf({
        id: `work/${i}`,
        name: i % 31 === 30 ? null : `${first[i % first.length]} ${last[(i >> 2) % last.length]}`,
        number: i % 7 === 3 ? null : `+45${20_000_000 + i * 7_919}`,
        ...(department === undefined ? {} : { department }),
      });
    }),
  );
  /** Every person looked at in both ways, by rank and then as they come. */
  function plainly(text: string): string[] {
    const query = queryOf(text);
    if (!query) return office.sorted.map(({ title }) => title);
    const ranked = (forgiving: boolean) =>
      office.sorted.flatMap((one) => {
        const at = rank(one.find, query, forgiving);
        return at === undefined ? [] : [{ one, at }];
      });
    const exact = ranked(false);
    const known = new Set(exact.map(({ one }) => one));
    const more = exact.length < 5 ? ranked(true).filter(({ one }) => !known.has(one)) : [];
    const all = [...exact, ...more];
    return Array.from({ length: worst + 1 }, (_, at) => all.filter((hit) => hit.at === at)).flatMap((hits) =>
      hits.map(({ one }) => one.title),
    );
  }
  const words = [
    ...first,
    ...last,
    "Sales",
    "Co",
    "+45 20 07",
    "2007919",
    "22 3",
    "an jen",
    "jrogen",
    "hasnen l",
  ];
  for (const text of words) {
    for (let length = 0; length <= text.length; length++) {
      const typed = text.slice(0, length);
      expect(
        search(office.sorted, typed).map(({ title }) => title),
        typed,
      ).toEqual(plainly(typed));
    }
  }
});

it("takes whoever has a word that begins so, is called so by initials or has it within", () => {
  const typed = ["ki", "rke", "v", "ves", "hj", "hje", "-v", "ha", "all", "su", "upp", "p"];
  expect(typed.map((one) => [one, found(one)])).toEqual([
    ["ki", ["Søren Kierkegaard-Vestergaard"]],
    ["rke", ["Søren Kierkegaard-Vestergaard"]],
    ["v", ["Søren Kierkegaard-Vestergaard"]],
    ["ves", ["Søren Kierkegaard-Vestergaard"]],
    ["hj", ["Hanne Jensen"]],
    ["hje", []],
    ["-v", ["Søren Kierkegaard-Vestergaard"]],
    ["ha", ["Hanne Jensen", "Jørgen Dahl"]],
    ["all", []],
    ["su", ["Hanne Jensen"]],
    ["upp", []],
    ["p", []],
  ]);
});
