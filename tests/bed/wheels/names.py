"""Names as the packaging specifications spell them."""
import re


def canonical(name):
    """The form in which two spellings of one project are equal."""
    return re.sub(r'[-_.]+', '-', name).lower()


def escaped(name):
    """The form that stands in file names."""
    return re.sub(r'[-_.]+', '_', name)


def parse_size(text):
    match = re.fullmatch(r'([\d.]+)\s*([KMG]?)B?', text.upper())
    if not match:
        raise ValueError(f'{text} is not a size such as 800M')
    return int(float(match.group(1)) * {'': 1, 'K': 1 << 10, 'M': 1 << 20, 'G': 1 << 30}[match.group(2)])
