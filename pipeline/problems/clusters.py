"""Problems of reading on many machines and of places in stores: what is missing there, and what to do."""

from __future__ import annotations

from pipeline.problems.kinds import ProblemKind

CLUSTERS: dict[str, ProblemKind] = {
    "cluster.missing": ProblemKind(
        "error",
        "Chưa cài Dask nên không dùng được cụm máy ({reason}). Cài bằng: pip install 'baocao[cluster]'.",
        "Dask is not installed, so no cluster can be used ({reason}). Install it with: pip install 'baocao[cluster]'.",
    ),
    "cluster.address": ProblemKind(
        "error",
        "«{text}» không phải địa chỉ cụm máy. Ghi địa chỉ của dask scheduler như tcp://10.0.0.5:8786, hoặc local:4 để "
        "dùng 4 tiến trình trên máy này.",
        "“{text}” is no address of a cluster. Write that of the Dask scheduler, such as tcp://10.0.0.5:8786, or "
        "local:4 for 4 processes on this machine.",
    ),
    "cluster.unreachable": ProblemKind(
        "error",
        "Không kết nối được cụm máy {address}: {reason}. Kiểm tra dask scheduler có đang chạy, địa chỉ và tường lửa, "
        "rồi chạy lại. Các bảng cũ còn nguyên.",
        "The cluster {address} can't be reached: {reason}. Check that the Dask scheduler is running, the address and "
        "the firewall, and run again. The tables that were there are as before.",
    ),
    "cluster.no_workers": ProblemKind(
        "error",
        "Cụm máy không có máy đọc nào trong {seconds} giây. Khởi động dask worker trỏ tới scheduler này rồi chạy lại.",
        "The cluster has had no worker for {seconds} seconds. Start dask workers for this scheduler and run again.",
    ),
    "cluster.version": ProblemKind(
        "error",
        "Máy {worker} của cụm không có baocao, hoặc có bản khác với máy này (mã nguồn, thư viện, Python) nên sẽ đọc ra "
        "kết quả khác. Dùng cùng một image hoặc cùng một môi trường cho scheduler, các worker và máy này.",
        "The worker {worker} has no baocao, or another one than this machine (code, libraries, Python), and would read "
        "something else. Use one image or environment for the scheduler, the workers and this machine.",
    ),
    "cluster.daemonic": ProblemKind(
        "error",
        "Máy {worker} không được mở tiến trình con nên không cô lập được tệp hỏng. Khởi động lại dask worker với biến "
        "DASK_DISTRIBUTED__WORKER__DAEMON=False, hoặc với --no-nanny.",
        "The worker {worker} may start no processes of its own, so a bad file could not be isolated. Start dask worker "
        "with DASK_DISTRIBUTED__WORKER__DAEMON=False in its environment, or with --no-nanny.",
    ),
    "cluster.programs": ProblemKind(
        "error",
        "Máy {worker} có các chương trình: {programs}; máy khác trong cụm có: {others}. Cài LibreOffice và Tesseract "
        "giống nhau trên mọi máy, nếu không kết quả sẽ tùy tệp rơi vào máy nào.",
        "The worker {worker} has these programs: {programs}; other workers have: {others}. Install LibreOffice and "
        "Tesseract alike on all, or what is read will depend on where a file happens to go.",
    ),
    "cluster.rules": ProblemKind(
        "error",
        "Máy {worker} không có đúng các bộ quy tắc của máy này ({reason}). Bộ trong thư mục được gửi kèm; bộ cài bằng "
        "pip thì cài cùng phiên bản trên mọi máy.",
        "The worker {worker} does not have the rule packs of this machine ({reason}). Packs in folders are sent along; "
        "packs that were installed with pip have to be installed on all machines in the same version.",
    ),
    "cluster.unseen": ProblemKind(
        "error",
        "Máy {worker} không thấy tệp {file}. Đặt báo cáo vào ổ dùng chung mà mọi máy thấy ở cùng đường dẫn, hoặc vào "
        "kho như s3://….",
        "The worker {worker} does not see the file {file}. Put the reports on a share that all machines have at the "
        "same path, or into a store such as s3://….",
    ),
    "store.unknown": ProblemKind(
        "error",
        "Chưa có thư viện để mở {url} ({reason}). Cài thư viện cho loại kho này, ví dụ: pip install s3fs cho s3://, "
        "gcsfs cho gs://, paramiko cho sftp://.",
        "There is no library here that opens {url} ({reason}). Install the one for this kind of store, such as s3fs "
        "for s3://, gcsfs for gs://, paramiko for sftp://, with pip.",
    ),
    "store.busy": ProblemKind(
        "error",
        "Một lần chạy khác đang ghi vào {folder}: tiến trình {process} trên máy {host}, từ {since}. Đợi nó xong, hoặc "
        "chọn nơi khác. Nếu nó đã bị tắt ngang, xóa tệp {file} ở đó rồi chạy lại.",
        "Another run writes into {folder}: process {process} on {host}, since {since}. Wait for its end, or choose "
        "another place. If it was killed, remove the file {file} there and run again.",
    ),
    "store.output": ProblemKind(
        "error",
        "Không đưa được đủ các bảng lên {folder}: {reason}. Ở đó chưa có run.json nên đừng dùng các bảng ở đó; kiểm "
        "tra quyền ghi rồi chạy lại.",
        "The tables could not all be put into {folder}: {reason}. There is no run.json there, so don't use what is "
        "there; check permissions and run again.",
    ),
}
