namespace ComposePipCache.Python.Commands;

/// <summary>The programs that install Python packages.</summary>
public enum InstallerTool
{
    Pip,

    /// <summary>pip inside a conda environment, through <c>conda run</c>.</summary>
    CondaRunPip,

    Pipx,
    Uv,
    Poetry,
    Pipenv,
    Pdm,

    /// <summary>The bootstrap script <c>get-pip.py</c>, a pip that installs pip.</summary>
    GetPip,

    /// <summary><c>conda env create</c> and its like: they run pip for the <c>pip:</c> part of their file.</summary>
    Conda,

    /// <summary><c>setup.py install</c> and <c>easy_install</c>: they know no variable of pip's.</summary>
    SetupPy,

    /// <summary>A program known to run pip by itself: tox, nox, pre-commit, pip-sync, <c>spacy download</c> …</summary>
    Indirect,
}
