"""The wheels of the test bed.

  wheels repack --debs DIR --work DIR --out DIR --python 3.11 [--only A,B]   from Debian's python3-* packages
  wheels sdists --source DIR --out DIR                                       from pure wheels
  wheels merge --out DIR SOURCE...                                           one folder for the index
  wheels big --out DIR --name N --version V --size 800M [--files 8] [--requires A,B] [--seed N]
"""
import argparse

import repack
import sdists
import synthetic


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest='verb', required=True)

    verb = verbs.add_parser('repack')
    for option in ('debs', 'work', 'out', 'python'):
        verb.add_argument('--' + option, required=True)
    verb.add_argument('--only')

    verb = verbs.add_parser('sdists')
    verb.add_argument('--source', required=True)
    verb.add_argument('--out', required=True)

    verb = verbs.add_parser('merge')
    verb.add_argument('--out', required=True)
    verb.add_argument('sources', nargs='+')

    verb = verbs.add_parser('big')
    for option in ('out', 'name', 'version', 'size'):
        verb.add_argument('--' + option, required=True)
    verb.add_argument('--files', type=int, default=4)
    verb.add_argument('--requires', default='')
    verb.add_argument('--seed', type=int, default=1)

    o = parser.parse_args()
    if o.verb == 'repack':
        repack.run(o.debs, o.work, o.out, o.python, o.only)
    elif o.verb == 'sdists':
        sdists.make(o.source, o.out)
    elif o.verb == 'merge':
        sdists.merge(o.out, o.sources)
    else:
        synthetic.make(o.out, o.name, o.version, o.size, o.files, o.requires, o.seed)


if __name__ == '__main__':
    main()
